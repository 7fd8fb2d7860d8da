using ImgApi.Api.Observability;

namespace ImgApi.Api.Web.Server;

/// <summary>What the page of the server shows. Null members are not for this caller, as in the API.</summary>
/// <param name="Health">As <c>/health</c> answers this caller.</param>
/// <param name="Space">For operators; the health has the free bytes for all. Null if unknown.</param>
/// <param name="States">Number of images in each state; for operators.</param>
/// <param name="Stored">The files of the images that the caller may list.</param>
/// <param name="Traffic">For those who may read <c>/metrics</c>.</param>
/// <param name="Operation">For those who may read <c>/jobs</c>.</param>
internal sealed record ServerView(
    HealthReport Health, StorageSpace? Space, IReadOnlyList<KeyValuePair<string, int>>? States, StoredBytes? Stored, IReadOnlyList<Chart>? Traffic,
    ServerOperation? Operation);

/// <summary>What the server does now.</summary>
/// <param name="CertificateEnd">Null without TLS.</param>
/// <param name="Quotas">That of all users first.</param>
/// <param name="Jobs">The latest, the newest first.</param>
internal sealed record ServerOperation(
    DateTimeOffset StartedAt, DateTimeOffset? CertificateEnd, IReadOnlyList<QuotaUse> Quotas, IReadOnlyList<RunningTransfer> Transfers, IReadOnlyList<JobReply> Jobs);

/// <summary>A transfer with the name and version of its image; the UUID if the image was removed meanwhile.</summary>
internal sealed record RunningTransfer(Transfer Transfer, string Name);
