using ImgApi.Domain.Remote;

namespace ImgApi.Domain.Jobs;

/// <summary>
/// The import of an image with its missing origins. Immutable: each verb returns the next state. A job continues after a restart, so it
/// contains everything that it needs.
/// </summary>
public sealed record Job
{
    /// <summary>The name of the only task (contract 5.29).</summary>
    public const string ImportRemoteImage = "import-remote-image";

    /// <summary>The job's identity.</summary>
    public required Uuid Uuid { get; init; }

    /// <summary>The server that the images come from.</summary>
    public required ImageSource Source { get; init; }

    /// <summary>The images to import, in order: origins first, the requested image last.</summary>
    public required IReadOnlyList<Uuid> Images { get; init; }

    /// <summary>The channel to import to; null on a server without channels.</summary>
    public string? Channel { get; init; }

    /// <summary>Whether files that the server's <c>contentCheck</c> refuses are accepted and activated.</summary>
    public bool IsForced { get; init; }

    /// <summary>The id of the request that started it.</summary>
    public required string RequestId { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The state of the job.</summary>
    public JobExecution Execution { get; private init; }

    /// <summary>When it succeeded, failed or was canceled; null before.</summary>
    public DateTimeOffset? FinishedAt { get; private init; }

    /// <summary>The images that this job added, recorded before it adds them: those that it may remove again.</summary>
    public IReadOnlyList<Uuid> Created { get; private init; } = [];

    /// <summary>The finished steps, in order.</summary>
    public IReadOnlyList<JobResult> Results { get; private init; } = [];

    /// <summary>The requested image.</summary>
    public Uuid Image => Images[^1];

    /// <summary>Whether the job has ended.</summary>
    public bool IsFinished => Execution is JobExecution.Succeeded or JobExecution.Failed or JobExecution.Canceled;

    /// <summary>Restores the stored state.</summary>
    public Job Restore(JobExecution execution, DateTimeOffset? finishedAt, IReadOnlyList<Uuid> created, IReadOnlyList<JobResult> results) =>
        this with { Execution = execution, FinishedAt = finishedAt, Created = created, Results = results };

    /// <summary>The job starts, or starts again.</summary>
    public Job Start() => this with { Execution = JobExecution.Running };

    /// <summary>The job is about to add an image.</summary>
    public Job WithCreated(Uuid image) => Created.Contains(image) ? this : this with { Created = [.. Created, image] };

    /// <summary>The job did not add the image after all.</summary>
    public Job WithoutCreated(Uuid image) => this with { Created = [.. Created.Where(created => created != image)] };

    /// <summary>A step has ended.</summary>
    public Job WithResult(JobResult result) => this with { Results = [.. Results, result] };

    /// <summary>The job has succeeded.</summary>
    public Job Succeed(DateTimeOffset now) => this with { Execution = JobExecution.Succeeded, FinishedAt = now };

    /// <summary>The job has failed in its last step.</summary>
    public Job Fail(JobResult last) => WithResult(last) with { Execution = JobExecution.Failed, FinishedAt = last.FinishedAt };

    /// <summary>The job was canceled in its last step.</summary>
    public Job Cancel(JobResult last) => WithResult(last) with { Execution = JobExecution.Canceled, FinishedAt = last.FinishedAt };
}

/// <summary>The states of a job; on the wire, <c>execution</c> has these names in lower case (contract 5.19).</summary>
public enum JobExecution
{
    /// <summary>Waiting.</summary>
    Queued,

    /// <summary>Running, or interrupted when the server stopped.</summary>
    Running,

    /// <summary>Done.</summary>
    Succeeded,

    /// <summary>Failed; the last result has the reason.</summary>
    Failed,

    /// <summary>Canceled on request, or because one of its images was deleted.</summary>
    Canceled,
}

/// <summary>The outcome of one step of a job.</summary>
/// <param name="Name">The step.</param>
/// <param name="Result">The outcome, for a person.</param>
/// <param name="Error">Why the step failed; null if it did not.</param>
/// <param name="StartedAt">When the step began.</param>
/// <param name="FinishedAt">When the step ended.</param>
public sealed record JobResult(string Name, string Result, JobError? Error, DateTimeOffset StartedAt, DateTimeOffset FinishedAt)
{
    /// <summary>The outcome, for a person. Cleaned, since it may quote another server.</summary>
    public string Result { get; init; } = VisibleText.Clean(Result);
}

/// <summary>Why a step failed.</summary>
/// <param name="Code">The name of an <see cref="ErrorCode"/>.</param>
/// <param name="Message">Text for a person.</param>
/// <param name="Errors">The problem with each field; null or empty if the error is not about fields.</param>
public sealed record JobError(string Code, string Message, IReadOnlyList<FieldError>? Errors = null)
{
    /// <summary>Text for a person. Cleaned, since it may quote another server.</summary>
    public string Message { get; init; } = VisibleText.Clean(Message);
}
