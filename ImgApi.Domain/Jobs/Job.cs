using ImgApi.Domain.Remote;

namespace ImgApi.Domain.Jobs;

/// <summary>The import of an image with its missing origins. It contains everything that it needs to continue after a restart.</summary>
public sealed record Job
{
    /// <summary>The name of the only task (contract 5.29).</summary>
    public const string ImportRemoteImage = "import-remote-image";

    public required Uuid Uuid { get; init; }
    public required ImageSource Source { get; init; }

    /// <summary>The images to import, in order: origins first, the requested image last.</summary>
    public required IReadOnlyList<Uuid> Images { get; init; }

    /// <summary>The channel to import to; null on a server without channels.</summary>
    public string? Channel { get; init; }

    /// <summary>Whether files that the server's <c>contentCheck</c> refuses are accepted and activated.</summary>
    public bool IsForced { get; init; }

    /// <summary>The id of the request that started it.</summary>
    public required string RequestId { get; init; }

    /// <summary>The user who started it; null if authentication is switched off.</summary>
    public string? User { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
    public JobExecution Execution { get; private init; }
    public DateTimeOffset? FinishedAt { get; private init; }

    /// <summary>The images that this job added, recorded before it adds them: those that it may remove again.</summary>
    public IReadOnlyList<Uuid> Created { get; private init; } = [];

    /// <summary>One for each finished step, in order.</summary>
    public IReadOnlyList<JobResult> Results { get; private init; } = [];

    /// <summary>The requested image.</summary>
    public Uuid Image => Images[^1];

    public bool IsFinished => Execution is JobExecution.Succeeded or JobExecution.Failed or JobExecution.Canceled;

    public Job Restore(JobExecution execution, DateTimeOffset? finishedAt, IReadOnlyList<Uuid> created, IReadOnlyList<JobResult> results) =>
        this with { Execution = execution, FinishedAt = finishedAt, Created = created, Results = results };

    /// <summary>A job also starts again after a restart of the server.</summary>
    public Job Start() => this with { Execution = JobExecution.Running };

    /// <summary>The job is about to add an image.</summary>
    public Job WithCreated(Uuid image) => Created.Contains(image) ? this : this with { Created = [.. Created, image] };

    /// <summary>The job did not add the image after all.</summary>
    public Job WithoutCreated(Uuid image) => this with { Created = [.. Created.Where(created => created != image)] };

    public Job WithResult(JobResult result) => this with { Results = [.. Results, result] };

    public Job Succeed(DateTimeOffset now) => Finish(JobExecution.Succeeded, now);

    public Job Fail(JobResult last) => WithResult(last).Finish(JobExecution.Failed, last.FinishedAt);

    public Job Cancel(JobResult last) => WithResult(last).Finish(JobExecution.Canceled, last.FinishedAt);

    /// <summary>The password of the source is not kept longer than it is needed.</summary>
    private Job Finish(JobExecution execution, DateTimeOffset at) =>
        this with { Execution = execution, FinishedAt = at, Source = Source with { Credentials = null } };
}

/// <summary>The states of a job; on the wire, <c>execution</c> has these names in lower case (contract 5.19).</summary>
public enum JobExecution
{
    Queued,

    /// <summary>Running, or interrupted when the server stopped.</summary>
    Running,

    Succeeded,

    /// <summary>Failed; the last result has the reason.</summary>
    Failed,

    /// <summary>Canceled on request, or because one of its images was deleted.</summary>
    Canceled,
}

/// <summary>The outcome of one step of a job.</summary>
/// <param name="Error">Null if the step did not fail.</param>
public sealed record JobResult(string Name, string Result, JobError? Error, DateTimeOffset StartedAt, DateTimeOffset FinishedAt)
{
    /// <summary>The outcome, for a person. Cleaned, since it may quote another server.</summary>
    public string Result { get; init; } = VisibleText.Clean(Result);
}

/// <summary>Why a step failed.</summary>
/// <param name="Code">The name of an <see cref="ErrorCode"/>.</param>
/// <param name="Errors">Null or empty if the error is not about fields.</param>
public sealed record JobError(string Code, string Message, IReadOnlyList<FieldError>? Errors = null)
{
    /// <summary>Text for a person. Cleaned, since it may quote another server.</summary>
    public string Message { get; init; } = VisibleText.Clean(Message);
}
