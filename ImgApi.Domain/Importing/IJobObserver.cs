using ImgApi.Domain.Jobs;

namespace ImgApi.Domain.Importing;

/// <summary>Receives the events of jobs, for the log.</summary>
public interface IJobObserver
{
    /// <summary>Jobs of an earlier process continue.</summary>
    void Continued(int count);

    /// <summary>A job made an image, or brought one to its end that was begun earlier.</summary>
    void Imported(Job job, Image image);

    /// <summary>No machine can install the file of an imported image, for this reason.</summary>
    void NotInstallable(Uuid image, string reason);

    /// <summary>A job succeeded.</summary>
    void Succeeded(Job job);

    /// <summary>A job was canceled.</summary>
    void Canceled(Job job, string reason);

    /// <summary>A job failed. The reason may contain text of another server.</summary>
    void Failed(Job job, string reason);

    /// <summary>A job failed because of a defect of this program.</summary>
    void Broke(Uuid job, Exception fault);

    /// <summary>An unfinished image of a job that did not succeed stays, for this reason.</summary>
    void Kept(Job job, Uuid image, string reason);

    /// <summary>The last state of a job could not be stored.</summary>
    void Stuck(Uuid job, Exception fault);

    /// <summary>A finished job that is old could not be removed.</summary>
    void NotPurged(Uuid job, Exception fault);
}
