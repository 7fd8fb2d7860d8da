using ImgApi.Domain.Jobs;

namespace ImgApi.Domain.Importing;

/// <summary>Receives the events of jobs, for the log.</summary>
public interface IJobObserver
{
    /// <summary>Unfinished jobs of an earlier process continue.</summary>
    void Continued(int count);

    /// <summary>A job imported an image, or completed an earlier, unfinished import.</summary>
    void Imported(Job job, Image image);

    /// <summary>No machine can install an imported file.</summary>
    void NotInstallable(Uuid image, string reason);

    void Succeeded(Job job);
    void Canceled(Job job, string reason);

    /// <param name="reason">May contain text of another server.</param>
    void Failed(Job job, string reason);

    /// <summary>A job failed because of a bug.</summary>
    void Crashed(Uuid job, Exception fault);

    /// <summary>An unfinished image of an unsuccessful job was not removed.</summary>
    void Kept(Job job, Uuid image, string reason);

    /// <summary>The final state of a job could not be stored.</summary>
    void StateNotStored(Uuid job, Exception fault);

    /// <summary>An old finished job could not be removed.</summary>
    void NotPurged(Uuid job, Exception fault);
}
