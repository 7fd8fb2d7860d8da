using System.Text.Json;
using ImgApi.Domain.Manifests;

namespace ImgApi.Domain.Remote;

/// <summary>What other image servers say about themselves. The answers are JSON objects or arrays, otherwise unchecked.</summary>
public interface IRemoteServer
{
    /// <summary>The answer to a ping, which also shows whether the credentials are right.</summary>
    Task<RemotePing> PingAsync(ImageSource source, string requestId, CancellationToken cancellation);

    /// <summary>The health of the server; of a server that is down too, which answers with an error status.</summary>
    Task<JsonElement> GetHealthAsync(ImageSource source, string requestId, CancellationToken cancellation);

    /// <summary>A job; null if the server has no such job, or no jobs at all.</summary>
    Task<JsonElement?> FindJobAsync(ImageSource source, Uuid job, string requestId, CancellationToken cancellation);

    /// <summary>All jobs of the server, or those of one image, the oldest first.</summary>
    Task<IReadOnlyList<JsonElement>> ListJobsAsync(ImageSource source, Uuid? image, string requestId, CancellationToken cancellation);

    /// <summary>The events of the server's audit, the newest first.</summary>
    /// <param name="query">The query of <c>GET /audit</c>.</param>
    Task<IReadOnlyList<JsonElement>> ListAuditAsync(
        ImageSource source, IEnumerable<KeyValuePair<string, string>> query, string requestId, CancellationToken cancellation);

    /// <summary>How much images are used: the answer of <c>GET /usage</c>, as it comes.</summary>
    /// <param name="image">Null for all images.</param>
    IAsyncEnumerable<JsonElement> ListUsageAsync(ImageSource source, Uuid? image, string requestId, CancellationToken cancellation);

    /// <summary>The requests for approval that the user may know of: the answer of <c>GET /approvals</c>.</summary>
    Task<IReadOnlyList<JsonElement>> ListApprovalsAsync(ImageSource source, string requestId, CancellationToken cancellation);

    /// <summary>Cancels a job, and returns it.</summary>
    Task<JsonElement> CancelJobAsync(ImageSource source, Uuid job, string requestId, CancellationToken cancellation);
}

/// <summary>The answer to a ping.</summary>
/// <param name="Date">The clock of the server; null if it does not say.</param>
public sealed record RemotePing(JsonElement Json, DateTimeOffset? Date)
{
    /// <summary>Whether it is an image server of this API.</summary>
    public bool IsImageServer => Json.Member("imgapi").AsBoolean() == true;

    /// <summary>The user whom the server recognizes; null if it does not say.</summary>
    public string? User => Json.Member("user").AsText();

    /// <summary>The role of the user; null if the server does not say.</summary>
    public string? Role => Json.Member("role").AsText();
}
