namespace ImgApi.Api.Responses;

/// <summary>Jobs in answers (contract 5.19): without secrets.</summary>
internal sealed class JobReplies(JobRegistry registry)
{
    /// <summary>The words of <c>execution</c>.</summary>
    public static IReadOnlyList<string> Executions { get; } = [.. Enum.GetValues<JobExecution>().Select(Word)];

    public static string Word(JobExecution execution) => execution.ToString().ToLowerInvariant();

    public JobReply Of(Job job) => new(
        job.Uuid.ToString(),
        Job.ImportRemoteImage,
        Word(job.Execution),
        new JobParams(
            job.Image.ToString(), job.Source.ToString(), [.. job.Images.Select(image => image.ToString())], Download(registry.Transfer(job.Uuid))),
        [.. job.Results.Select(Step)],
        Timestamp.From(job.CreatedAt).Text,
        job.FinishedAt is { } finished ? Timestamp.From(finished).Text : null);

    /// <summary>One job for callers who may see its state only: no image, no source, no text of another server.</summary>
    public JobReply StateOf(Job job) => Of(job) with
    {
        Params = null,
        ChainResults =
            [.. job.Results.Select((result, place) => Step(result) with { Name = $"step {place + 1}", Result = "", Error = Anonymous(result.Error) })],
    };

    private static object Anonymous(JobError? error) =>
        error is null ? "" : ErrorWriter.Body(error.Code, "the job failed; ask for it with credentials to see why", errors: null);

    private static JobDownload? Download(JobTransfer? transfer) => transfer is not null
        ? new JobDownload(transfer.Image.ToString(), transfer.Content.Body.Position, transfer.Content.Length)
        : null;

    private static JobStep Step(JobResult result) => new(
        result.Name,
        result.Result,
        result.Error is { } error ? ErrorWriter.Body(error.Code, error.Message, error.Errors) : "",
        Timestamp.From(result.StartedAt).Text,
        Timestamp.From(result.FinishedAt).Text);
}
