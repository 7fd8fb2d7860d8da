using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using ImgApi.Domain.Remote;

namespace ImgApi.Infrastructure.Remote;

/// <summary>Resumable uploads over HTTP: a client of the tus protocol 1.0 (https://tus.io/protocols/resumable-upload).</summary>
internal sealed class RemoteUploads(RemoteClient client) : IRemoteUploads
{
    private const string Version = "1.0.0";
    private const string OffsetHeader = "Upload-Offset";

    public async Task<bool> AreSupportedAsync(RemoteImage image, CancellationToken cancellation)
    {
        using var response = await client.SendAsync(HttpMethod.Options, Target(image), cancellation);
        return response.IsSuccessStatusCode
            && Header(response, "Tus-Version")?.Split(',').Any(version => version.Trim() == Version) == true
            && Header(response, "Tus-Extension")?.Split(',').Any(extension => extension.Trim() == "creation") == true;
    }

    public async Task<Uuid> CreateAsync(
        RemoteImage image, long length, CancellationToken cancellation, params IEnumerable<KeyValuePair<string, string>> parameters)
    {
        var metadata = string.Join(',', parameters.Select(parameter => $"{parameter.Key} {Convert.ToBase64String(Encoding.UTF8.GetBytes(parameter.Value))}"));
        using var response = await SendAsync(
            HttpMethod.Post, Target(image),
            request =>
            {
                request.Headers.Add("Upload-Length", length.ToString(CultureInfo.InvariantCulture));
                if (metadata.Length > 0)
                {
                    request.Headers.Add("Upload-Metadata", metadata);
                }
            },
            isLong: false, cancellation);

        // Only the name of the upload is taken from the answer, so that it cannot lead to another server.
        var path = Header(response, "Location")?.Split('?', '#')[0].TrimEnd('/');
        return path is not null && Uuid.TryParse(path[(path.LastIndexOf('/') + 1)..], out var upload) ? upload : throw Invalid("Location");
    }

    public async Task<long?> FindOffsetAsync(RemoteImage image, Uuid upload, CancellationToken cancellation)
    {
        using var response = await client.SendAsync(HttpMethod.Head, Target(image, upload), cancellation, AddVersion, isLong: true);
        return response.StatusCode switch
        {
            HttpStatusCode.NotFound or HttpStatusCode.Gone => null,
            // An answer to HEAD has no body that would name the error.
            HttpStatusCode.Conflict => throw new ImgApiException(
                ErrorCode.UploadSuperseded, "the image got another file after this upload began; the same command again replaces that file"),
            HttpStatusCode.UnprocessableEntity => throw new ImgApiException(
                ErrorCode.ImageAlreadyActivated, "the image takes no file any more, since it was activated after this upload began"),
            _ when response.IsSuccessStatusCode => Offset(response),
            _ => throw await client.RefusalAsync(response, cancellation),
        };
    }

    public async Task<long> AppendAsync(RemoteImage image, Uuid upload, long offset, Stream body, long length, CancellationToken cancellation)
    {
        using var response = await SendAsync(
            HttpMethod.Patch, Target(image, upload),
            request =>
            {
                request.Headers.Add(OffsetHeader, offset.ToString(CultureInfo.InvariantCulture));
                request.Content = new StreamContent(body, bufferSize: 256 * 1024);
                request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/offset+octet-stream");
                request.Content.Headers.ContentLength = length;
            },
            isLong: true, cancellation);
        return Offset(response);
    }

    private static RemoteTarget Target(RemoteImage image, Uuid? upload = null) => RemoteTarget.ForImageServer(
        image.Source, $"/images/{image.Uuid}/file/uploads" + (upload is { } uuid ? $"/{uuid}" : ""), image.RequestId);

    private static void AddVersion(HttpRequestMessage request) => request.Headers.Add("Tus-Resumable", Version);

    private static long Offset(HttpResponseMessage response) =>
        long.TryParse(Header(response, OffsetHeader), NumberStyles.None, CultureInfo.InvariantCulture, out var offset) ? offset : throw Invalid(OffsetHeader);

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;

    private static ImgApiException Invalid(string header) => new(ErrorCode.RemoteSource, $"the answer has no valid header {header}");

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, RemoteTarget target, Action<HttpRequestMessage> prepare, bool isLong, CancellationToken cancellation)
    {
        var response = await client.SendAsync(
            method, target, cancellation,
            request =>
            {
                AddVersion(request);
                prepare(request);
            },
            isLong);
        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw await client.RefusalAsync(response, cancellation);
        }
    }
}
