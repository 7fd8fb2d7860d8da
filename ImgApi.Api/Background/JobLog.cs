namespace ImgApi.Api.Background;

/// <summary>Logs what jobs do.</summary>
internal sealed partial class JobLog(ILogger<JobLog> logger) : IJobObserver
{
    // Characters; a reason may contain text of another server.
    private const int MaxReason = 2000;

    private const string Action = "import-remote/job";

    public void Continued(int count)
    {
        var jobs = Count.Of(count, "job");
        LogContinued(jobs);
    }

    /// <summary>Logs a change. The request that started the job has the same id, and its line names the user.</summary>
    public void Imported(Job job, Image image) => ChangeLine.Write(
        logger, user: null, address: null, Action, $"{image.Uuid}", ChangedImage.Of(image), StatusCodes.Status200OK, job.RequestId);

    public void Failed(Job job, string reason)
    {
        var text = VisibleText.Cut(reason, MaxReason);
        LogFailed(job.Uuid, job.Image, text);
    }

    public void Succeeded(Job job) => LogSucceeded(job.Uuid, job.Image);

    public void Canceled(Job job, string reason) => LogCanceled(job.Uuid, job.Image, reason);

    public void Kept(Job job, Uuid image, string reason) => LogKept(image, job.Uuid, reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "image {Image} cannot be installed: {Reason}")]
    public partial void NotInstallable(Uuid image, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "job {Job} failed")]
    public partial void Crashed(Uuid job, Exception fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "job {Job} could not be finished")]
    public partial void StateNotStored(Uuid job, Exception fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "finished job {Job} could not be removed")]
    public partial void NotPurged(Uuid job, Exception fault);

    [LoggerMessage(Level = LogLevel.Information, Message = "continuing unfinished jobs: {Jobs}")]
    private partial void LogContinued(string jobs);

    [LoggerMessage(Level = LogLevel.Information, Message = "job {Uuid} imported image {Image}")]
    private partial void LogSucceeded(Uuid uuid, Uuid image);

    [LoggerMessage(Level = LogLevel.Information, Message = "job {Uuid} for image {Image} was canceled: {Reason}")]
    private partial void LogCanceled(Uuid uuid, Uuid image, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "job {Uuid} failed to import image {Image}: {Reason}")]
    private partial void LogFailed(Uuid uuid, Uuid image, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "image {Image} of failed job {Uuid} was not removed: {Reason}")]
    private partial void LogKept(Uuid image, Uuid uuid, string reason);
}
