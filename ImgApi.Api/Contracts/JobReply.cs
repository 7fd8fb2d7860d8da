namespace ImgApi.Api.Contracts;

/// <summary>A job that was started, or was already running (contract 5.19).</summary>
/// <param name="ImageUuid">UUID of the image that it imports.</param>
/// <param name="JobUuid">UUID of the job, for <c>GET /jobs/UUID</c>.</param>
internal sealed record JobStarted(string ImageUuid, string JobUuid);

/// <summary>A job (contract 5.19).</summary>
/// <param name="Uuid">UUID of the job.</param>
/// <param name="Name">Kind of job: <c>import-remote-image</c>.</param>
/// <param name="Execution"><c>queued</c>, <c>running</c>, <c>succeeded</c>, <c>failed</c> or <c>canceled</c>.</param>
/// <param name="Params">Parameters and progress; absent for callers who may not see them.</param>
/// <param name="ChainResults">Its finished steps, in order. The last one of a failed job has the error.</param>
/// <param name="CreatedAt">When it was requested.</param>
/// <param name="FinishedAt">When it succeeded, failed or was canceled.</param>
internal sealed record JobReply(
    string Uuid, string Name, string Execution, JobParams? Params, IReadOnlyList<JobStep> ChainResults, string CreatedAt, string? FinishedAt);

/// <summary>Parameters and progress of a job.</summary>
/// <param name="ImageUuid">UUID of the image.</param>
/// <param name="Source">The other server, without credentials.</param>
/// <param name="Images">UUIDs of the images that it imports, in order: origins first.</param>
/// <param name="Download">The running transfer; absent if there is none.</param>
internal sealed record JobParams(string ImageUuid, string Source, IReadOnlyList<string> Images, JobDownload? Download);

/// <summary>A running transfer.</summary>
/// <param name="ImageUuid">UUID of the image that the file belongs to.</param>
/// <param name="Received">Bytes received so far.</param>
/// <param name="Size">Announced total bytes; absent if unknown.</param>
internal sealed record JobDownload(string ImageUuid, long Received, long? Size);

/// <summary>A finished step of a job.</summary>
/// <param name="Name">Name of the step.</param>
/// <param name="Result">What the step did.</param>
/// <param name="Error">An empty string, or an error as in answers: <c>code</c>, <c>message</c> and, if it is about fields, <c>errors</c>.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="FinishedAt">When it ended.</param>
internal sealed record JobStep(string Name, string Result, object Error, string StartedAt, string FinishedAt);
