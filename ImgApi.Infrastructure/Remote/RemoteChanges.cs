using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using ImgApi.Domain.Manifests;
using ImgApi.Domain.Remote;

namespace ImgApi.Infrastructure.Remote;

/// <summary>Changes of images over HTTP.</summary>
internal sealed class RemoteChanges(RemoteClient client) : IRemoteChanges
{
    private const string JsonType = "application/json";

    public Task<RemoteManifest> CreateAsync(ImageSource source, JsonElement manifest, string requestId, CancellationToken cancellation) =>
        ManifestAsync(HttpMethod.Post, RemoteTarget.ForImageServer(source, "/images", requestId), cancellation, Json(manifest));

    public Task<JsonElement> ActAsync(
        RemoteImage image, string action, JsonElement? body, CancellationToken cancellation, params IEnumerable<KeyValuePair<string, string>> parameters) =>
        client.SendForJsonAsync(
            HttpMethod.Post, Target(image, "", [new("action", action), .. parameters]), cancellation, body is { } json ? Json(json) : null);

    public Task<RemoteManifest> ChangeAclAsync(RemoteImage image, bool remove, IReadOnlyList<Uuid> accounts, CancellationToken cancellation) => ManifestAsync(
        HttpMethod.Post, Target(image, "/acl", [new("action", remove ? "remove" : "add")]), cancellation,
        Json(JsonSerializer.SerializeToElement(accounts.Select(account => account.ToString()))));

    public Task<RemoteManifest> CloneAsync(RemoteImage image, CancellationToken cancellation) =>
        ManifestAsync(HttpMethod.Post, Target(image, "/clone", []), cancellation);

    public async Task DeleteAsync(RemoteImage image, bool fromAllChannels, CancellationToken cancellation)
    {
        var target = Target(image, "", fromAllChannels ? [new("force_all_channels", "true")] : []);
        using var response = await client.SendAsync(HttpMethod.Delete, target, cancellation);
        if (response.StatusCode is not (HttpStatusCode.NoContent or HttpStatusCode.OK))
        {
            throw await client.RefusalAsync(response, cancellation);
        }
    }

    public Task<RemoteManifest> PutFileAsync(
        RemoteImage image, Stream body, long? length, CancellationToken cancellation, params IEnumerable<KeyValuePair<string, string>> parameters) =>
        ManifestAsync(
            HttpMethod.Put, Target(image, "/file", parameters), cancellation,
            request =>
            {
                // A server that refuses by the headers does so before any byte of the body is sent.
                request.Headers.ExpectContinue = true;
                request.Content = new StreamContent(body, bufferSize: 256 * 1024);
                request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
                request.Content.Headers.ContentLength = length;
            },
            isLong: true);

    public Task<RemoteManifest> PutIconAsync(RemoteImage image, ReadOnlyMemory<byte> icon, string contentType, CancellationToken cancellation) =>
        ManifestAsync(HttpMethod.Put, Target(image, "/icon", []), cancellation, Body(icon, contentType));

    public Task<RemoteManifest> DeleteIconAsync(RemoteImage image, CancellationToken cancellation) =>
        ManifestAsync(HttpMethod.Delete, Target(image, "/icon", []), cancellation);

    private static RemoteTarget Target(RemoteImage image, string path, IEnumerable<KeyValuePair<string, string>> parameters) =>
        RemoteTarget.ForImageServer(image.Source, $"/images/{image.Uuid}{path}", image.RequestId, parameters);

    private static Action<HttpRequestMessage> Json(JsonElement json) => Body(PlainJson.Bytes(json), JsonType);

    private static Action<HttpRequestMessage> Body(ReadOnlyMemory<byte> body, string contentType) => request =>
    {
        request.Content = new ReadOnlyMemoryContent(body);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
    };

    private async Task<RemoteManifest> ManifestAsync(
        HttpMethod method, RemoteTarget target, CancellationToken cancellation, Action<HttpRequestMessage>? prepare = null, bool isLong = false)
    {
        var manifest = new RemoteManifest(await client.SendForJsonAsync(method, target, cancellation, prepare, isLong));
        return manifest.Uuid is not null ? manifest : throw new ImgApiException(ErrorCode.RemoteSource, "the answer is not a manifest");
    }
}
