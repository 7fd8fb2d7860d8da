using ImgApi.Domain.Remote;

namespace ImgApi.Domain.Jobs;

/// <summary>
/// The import of an image with those of its origins that are missing here. Immutable; each verb returns the job as it is
/// afterwards. It goes on after a restart of the server, so everything that it needs is in here.
/// </summary>
public sealed record Job
{
    /// <summary>The name of the one task that there is (contract 5.29).</summary>
    public const string ImportRemoteImage = "import-remote-image";

    /// <summary>The job's identity.</summary>
    public required Uuid Uuid { get; init; }

    /// <summary>Where the images come from.</summary>
    public required ImageSource Source { get; init; }

    /// <summary>What is to be imported, in order: origins first, the image that was asked for last.</summary>
    public required IReadOnlyList<Uuid> Images { get; init; }

    /// <summary>The channel that they are to be in; null on a server without channels.</summary>
    public string? Channel { get; init; }

    /// <summary>Whether it takes and activates also what the server's <c>contentCheck</c> refuses.</summary>
    public bool IsForced { get; init; }

    /// <summary>The id of the request that started it.</summary>
    public required string RequestId { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>How far it is.</summary>
    public JobExecution Execution { get; private init; }

    /// <summary>When it succeeded, failed or was canceled; null before.</summary>
    public DateTimeOffset? FinishedAt { get; private init; }

    /// <summary>Those of <see cref="Images"/> that this job made, entered before it makes them: what it may take away again.</summary>
    public IReadOnlyList<Uuid> Created { get; private init; } = [];

    /// <summary>The finished steps, in order.</summary>
    public IReadOnlyList<JobResult> Results { get; private init; } = [];

    /// <summary>The image that was asked for.</summary>
    public Uuid Image => Images[^1];

    /// <summary>Whether nothing will change any more.</summary>
    public bool IsFinished => Execution is JobExecution.Succeeded or JobExecution.Failed or JobExecution.Canceled;

    /// <summary>The job as it was kept.</summary>
    public Job Restore(JobExecution execution, DateTimeOffset? finishedAt, IReadOnlyList<Uuid> created, IReadOnlyList<JobResult> results) =>
        this with { Execution = execution, FinishedAt = finishedAt, Created = created, Results = results };

    /// <summary>It is being worked on.</summary>
    public Job Start() => this with { Execution = JobExecution.Running };

    /// <summary>It is about to make an image.</summary>
    public Job WithCreated(Uuid image) => Created.Contains(image) ? this : this with { Created = [.. Created, image] };

    /// <summary>It did not make that image after all.</summary>
    public Job WithoutCreated(Uuid image) => this with { Created = [.. Created.Where(created => created != image)] };

    /// <summary>A step is done.</summary>
    public Job WithResult(JobResult result) => this with { Results = [.. Results, result] };

    /// <summary>It has succeeded.</summary>
    public Job Succeed(DateTimeOffset now) => this with { Execution = JobExecution.Succeeded, FinishedAt = now };

    /// <summary>It has failed with its last step.</summary>
    public Job Fail(JobResult last) => WithResult(last) with { Execution = JobExecution.Failed, FinishedAt = last.FinishedAt };

    /// <summary>It was ended on request, in its last step.</summary>
    public Job Cancel(JobResult last) => WithResult(last) with { Execution = JobExecution.Canceled, FinishedAt = last.FinishedAt };
}
