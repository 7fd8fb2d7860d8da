using System.Text.Json.Serialization;

namespace ImgApi.Api.Contracts;

/// <summary>A job that was started, or was running already (contract 5.19).</summary>
/// <param name="ImageUuid">UUID of the image that it imports.</param>
/// <param name="JobUuid">UUID of the job, for <c>GET /jobs/UUID</c>.</param>
public sealed record JobStarted(
    [property: JsonPropertyName("image_uuid")] string ImageUuid,
    [property: JsonPropertyName("job_uuid")] string JobUuid);

/// <summary>A job (contract 5.19).</summary>
/// <param name="Uuid">UUID of the job.</param>
/// <param name="Name">What kind of job it is: <c>import-remote-image</c>.</param>
/// <param name="Execution"><c>queued</c>, <c>running</c>, <c>succeeded</c>, <c>failed</c> or <c>canceled</c>.</param>
/// <param name="Params">What it was asked for, and how far a transfer is; absent for callers who may not see that.</param>
/// <param name="ChainResults">Its finished steps, in order. The last one of a failed job has the error.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="FinishedAt">When it succeeded, failed or was canceled.</param>
public sealed record JobReply(
    [property: JsonPropertyName("uuid")] string Uuid,
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("execution")] string Execution,
    [property: JsonPropertyName("params")] JobParams? Params,
    [property: JsonPropertyName("chain_results")] IReadOnlyList<JobStep> ChainResults,
    [property: JsonPropertyName("created_at")] string CreatedAt,
    [property: JsonPropertyName("finished_at")] string? FinishedAt);

/// <summary>What a job was asked for, and how far it is.</summary>
/// <param name="ImageUuid">UUID of the image.</param>
/// <param name="Source">The other server, without credentials.</param>
/// <param name="Images">UUIDs of what it imports, in order: origins first.</param>
/// <param name="Download">The transfer under way; absent if there is none.</param>
public sealed record JobParams(
    [property: JsonPropertyName("image_uuid")] string ImageUuid,
    [property: JsonPropertyName("source")] string Source,
    [property: JsonPropertyName("images")] IReadOnlyList<string> Images,
    [property: JsonPropertyName("download")] JobDownload? Download);

/// <summary>A transfer under way.</summary>
/// <param name="ImageUuid">UUID of the image whose file it is.</param>
/// <param name="Received">Bytes that have come.</param>
/// <param name="Size">Bytes in all, as announced; absent if they were not.</param>
public sealed record JobDownload(
    [property: JsonPropertyName("image_uuid")] string ImageUuid,
    [property: JsonPropertyName("received")] long Received,
    [property: JsonPropertyName("size")] long? Size);

/// <summary>A finished step of a job.</summary>
/// <param name="Name">The step.</param>
/// <param name="Result">What it did.</param>
/// <param name="Error">An empty string, or an error as it would be answered: <c>code</c>, <c>message</c> and, where it is about fields, <c>errors</c>.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="FinishedAt">When it ended.</param>
public sealed record JobStep(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("result")] string Result,
    [property: JsonPropertyName("error"), JsonShape(typeof(System.Text.Json.JsonElement))] object Error,
    [property: JsonPropertyName("started_at")] string StartedAt,
    [property: JsonPropertyName("finished_at")] string FinishedAt);
