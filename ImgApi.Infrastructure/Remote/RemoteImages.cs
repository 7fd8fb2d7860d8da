using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using ImgApi.Domain.Manifests;
using ImgApi.Domain.Remote;

namespace ImgApi.Infrastructure.Remote;

/// <summary>Other image servers over HTTP.</summary>
internal sealed class RemoteImages(RemoteClient client, RemoteOptions options, TimeProvider clock) : IRemoteImages
{
    public IAsyncEnumerable<RemoteManifest> ListAsync(
        ImageSource source, IReadOnlyList<KeyValuePair<string, string>> filters, string requestId, CancellationToken cancellation) =>
        new RemoteList(client, source, filters, requestId).ReadAsync(cancellation);

    public async Task<RemoteManifest> GetManifestAsync(RemoteImage image, CancellationToken cancellation)
    {
        var manifest = await client.GetJsonAsync(RemoteTarget.ForImageServer(image.Source, $"/images/{image.Uuid}", image.RequestId), cancellation);
        return manifest.Member("uuid").AsUuid() == image.Uuid
            ? new RemoteManifest(manifest)
            : throw RemoteErrors.InvalidField("uuid", "the answer is not the manifest of that image");
    }

    public async Task<RemoteContent> OpenFileAsync(RemoteImage image, CancellationToken cancellation)
    {
        var target = RemoteTarget.ForImageServer(image.Source, $"/images/{image.Uuid}/file", image.RequestId);
        var response = await OpenAsync(target, cancellation);
        var length = response.Content.Headers.ContentLength;
        return Content(target, response, (position, reason) => length is null
            ? new ImgApiException(
                ErrorCode.RemoteSource, $"Unable to get stream for image file {image.Uuid}. Error from remote: {reason.Message}", inner: reason)
            : new ImgApiException(
                ErrorCode.Download,
                $"\"Content-Length\" header, {length}, does not match downloaded size, {position} ({reason.Message})",
                inner: reason));
    }

    public async Task<RemotePart> OpenFilePartAsync(RemoteImage image, long offset, CancellationToken cancellation)
    {
        var target = RemoteTarget.ForImageServer(image.Source, $"/images/{image.Uuid}/file", image.RequestId);
        var response = await client.GetAsync(
            target, cancellation, request => request.Headers.Range = offset > 0 ? new RangeHeaderValue(offset, to: null) : null);
        try
        {
            var isPart = response.StatusCode == HttpStatusCode.PartialContent && response.Content.Headers.ContentRange?.From == offset;
            return isPart || response.StatusCode == HttpStatusCode.OK
                ? new RemotePart(new PartStream(response, await response.Content.ReadAsStreamAsync(cancellation), options), isPart ? offset : 0)
                : throw await client.RefusalAsync(response, cancellation);
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    public async Task<RemoteContent> OpenIconAsync(RemoteImage image, CancellationToken cancellation)
    {
        var target = RemoteTarget.ForImageServer(image.Source, $"/images/{image.Uuid}/icon", image.RequestId);
        var response = await OpenAsync(target, cancellation);
        var content = Content(target, response, (_, reason) => new ImgApiException(
            ErrorCode.RemoteSource, $"Unable to get stream for image icon {image.Uuid}. Error from remote: {reason.Message}", inner: reason));
        return content with { ContentType = response.Content.Headers.ContentType?.MediaType };
    }

    public async Task<RemoteContent> OpenUrlAsync(Uri url, string requestId, CancellationToken cancellation)
    {
        var bare = new Uri(url.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped));
        var credentials = url.UserInfo.Length == 0 ? null : Uri.UnescapeDataString(url.UserInfo);
        var target = new RemoteTarget(bare, credentials, requestId, RemoteTrust.File);
        HttpResponseMessage response;
        try
        {
            response = await client.GetAsync(target, cancellation);
        }
        catch (ImgApiException unreachable)
        {
            throw new ImgApiException(ErrorCode.Download, $"Error getting image: {unreachable.Message}", inner: unreachable);
        }

        if (response.StatusCode != HttpStatusCode.OK)
        {
            response.Dispose();
            throw new ImgApiException(ErrorCode.Download, $"HTTP {(int)response.StatusCode} error attempting to download image");
        }

        return Content(target, response, (_, reason) => new ImgApiException(ErrorCode.Download, $"Error getting image: {reason.Message}", inner: reason));
    }

    private async Task<HttpResponseMessage> OpenAsync(RemoteTarget target, CancellationToken cancellation)
    {
        var response = await client.GetAsync(target, cancellation);
        if (response.StatusCode == HttpStatusCode.OK)
        {
            return response;
        }

        using (response)
        {
            throw await client.RefusalAsync(response, cancellation);
        }
    }

    /// <summary>A Content-MD5 of another length than that of an MD5 is ignored.</summary>
    private RemoteContent Content(RemoteTarget target, HttpResponseMessage response, Func<long, Exception, ImgApiException> refuse) => new(
        new ResumingStream(client, target, response, refuse, options, clock),
        response.Content.Headers.ContentLength,
        response.Content.Headers.ContentMD5 is { Length: MD5.HashSizeInBytes } md5 ? Convert.ToBase64String(md5) : null);
}
