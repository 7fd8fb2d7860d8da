using ImgApi.Api.Contracts;
using ImgApi.Api.Wire;
using ImgApi.Domain.Images;
using ImgApi.Domain.Jobs;

namespace ImgApi.Api.Jobs;

/// <summary>Jobs as the wire shows them (contract 5.19): without secrets.</summary>
public sealed class JobReplies(JobDesk desk)
{
    /// <summary>The word of <c>execution</c>.</summary>
    public static string Word(JobExecution execution) => execution.ToString().ToLowerInvariant();

    /// <summary>One job.</summary>
    public JobReply Of(Job job) => new(
        job.Uuid.ToString(),
        Job.ImportRemoteImage,
        Word(job.Execution),
        new JobParams(
            job.Image.ToString(), job.Source.ToString(), [.. job.Images.Select(image => image.ToString())], Download(desk.Progress(job.Uuid))),
        [.. job.Results.Select(Step)],
        Timestamp.From(job.CreatedAt).Text,
        job.FinishedAt is { } finished ? Timestamp.From(finished).Text : null);

    private static JobDownload? Download(JobProgress? progress) => progress?.Current is { } transfer
        ? new JobDownload(transfer.Image.ToString(), transfer.Content.Body.Position, transfer.Content.Length)
        : null;

    private static JobStep Step(JobResult result) => new(
        result.Name,
        result.Result,
        result.Error is { } error ? ErrorWriter.Body(error.Code, error.Message, error.Errors) : "",
        Timestamp.From(result.StartedAt).Text,
        Timestamp.From(result.FinishedAt).Text);
}
