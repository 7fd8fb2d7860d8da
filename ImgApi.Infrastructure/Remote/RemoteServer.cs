using System.Net;
using System.Text.Json;
using ImgApi.Domain.Remote;

namespace ImgApi.Infrastructure.Remote;

/// <summary>Ping, health, jobs, audit and approvals of other servers over HTTP.</summary>
internal sealed class RemoteServer(RemoteClient client) : IRemoteServer
{
    public async Task<RemotePing> PingAsync(ImageSource source, string requestId, CancellationToken cancellation)
    {
        using var response = await client.GetAsync(RemoteTarget.ForImageServer(source, "/ping", requestId), cancellation);
        return response.StatusCode == HttpStatusCode.OK
            ? new RemotePing(RemoteJson.Parse(await client.ReadAsync(response, cancellation)), response.Headers.Date)
            : throw await client.RefusalAsync(response, cancellation);
    }

    public async Task<JsonElement> GetHealthAsync(ImageSource source, string requestId, CancellationToken cancellation)
    {
        using var response = await client.GetAsync(RemoteTarget.ForImageServer(source, "/health", requestId), cancellation);
        return response.StatusCode is HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable
            ? RemoteJson.Parse(await client.ReadAsync(response, cancellation))
            : throw await client.RefusalAsync(response, cancellation);
    }

    public async Task<JsonElement?> FindJobAsync(ImageSource source, Uuid job, string requestId, CancellationToken cancellation)
    {
        using var response = await client.GetAsync(RemoteTarget.ForImageServer(source, $"/jobs/{job}", requestId), cancellation);
        return response.StatusCode switch
        {
            HttpStatusCode.OK => RemoteJson.Parse(await client.ReadAsync(response, cancellation)),
            HttpStatusCode.NotFound => null,
            _ => throw await client.RefusalAsync(response, cancellation),
        };
    }

    public Task<IReadOnlyList<JsonElement>> ListJobsAsync(ImageSource source, Uuid? image, string requestId, CancellationToken cancellation) =>
        ListAsync(RemoteTarget.ForImageServer(source, image is { } one ? $"/images/{one}/jobs" : "/jobs", requestId), cancellation);

    public Task<IReadOnlyList<JsonElement>> ListAuditAsync(
        ImageSource source, IEnumerable<KeyValuePair<string, string>> query, string requestId, CancellationToken cancellation) =>
        ListAsync(RemoteTarget.ForImageServer(source, "/audit", requestId, query), cancellation);

    public IAsyncEnumerable<JsonElement> ListUsageAsync(ImageSource source, Uuid? image, string requestId, CancellationToken cancellation) =>
        ElementLimitStream.ReadArrayAsync(
            client, RemoteTarget.ForImageServer(source, "/usage", requestId, image is { } one ? [new("image", one.ToString())] : []), cancellation);

    public Task<IReadOnlyList<JsonElement>> ListApprovalsAsync(ImageSource source, string requestId, CancellationToken cancellation) =>
        ListAsync(RemoteTarget.ForImageServer(source, "/approvals", requestId), cancellation);

    public Task<JsonElement> CancelJobAsync(ImageSource source, Uuid job, string requestId, CancellationToken cancellation) =>
        client.SendForJsonAsync(HttpMethod.Delete, RemoteTarget.ForImageServer(source, $"/jobs/{job}", requestId), cancellation);

    private async Task<IReadOnlyList<JsonElement>> ListAsync(RemoteTarget target, CancellationToken cancellation)
    {
        using var response = await client.GetAsync(target, cancellation);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw await client.RefusalAsync(response, cancellation);
        }

        using var body = new MemoryStream(await client.ReadAsync(response, cancellation));
        var items = new List<JsonElement>();
        await foreach (var item in RemoteJson.ReadArrayAsync(body, cancellation))
        {
            items.Add(item);
        }

        return items;
    }
}
