using ImgApi.Domain.Remote;
using ImgApi.Domain.UseCases;

namespace ImgApi.Domain.Importing;

/// <summary>Files that this server fetches itself (contract 5.10, form B; 5.11).</summary>
public sealed class FileImport(IRemoteImages remote, ImageUploads uploads)
{
    /// <summary>Gives an image the file of the same image at the server that the caller names.</summary>
    /// <param name="request">The import.</param>
    /// <param name="guard">Throws to refuse the image here, as it is when the file has arrived.</param>
    /// <param name="cancellation">Ends the transfer; nothing of it stays.</param>
    /// <returns>The image after the change.</returns>
    /// <exception cref="ImgApiException"><c>RemoteSourceError</c>, <c>Download</c>, <c>Upload</c>, <c>ImageAlreadyActivated</c>.</exception>
    public async Task<Image> FromSourceAsync(ImportRequest request, Action<Image> guard, CancellationToken cancellation)
    {
        var image = await RemoteErrors.ForManifestAsync(request.Uuid, () => Task.FromResult(request.Remote));
        return await FromSourceAsync(image, request.IsForced, guard, _ => { }, cancellation);
    }

    /// <summary>Gives an image the file of the same image at another server.</summary>
    /// <param name="image">The image there.</param>
    /// <param name="isForced">See <see cref="FileUpload.IsForced"/>.</param>
    /// <param name="guard">Throws to refuse the image here, as it is when the file has arrived.</param>
    /// <param name="opened">Told when bytes begin to come.</param>
    /// <param name="cancellation">Ends the transfer; nothing of it stays.</param>
    /// <returns>The image after the change.</returns>
    /// <exception cref="ImgApiException"><c>RemoteSourceError</c>, <c>Download</c>, <c>Upload</c>, <c>ImageAlreadyActivated</c>.</exception>
    public async Task<Image> FromSourceAsync(
        RemoteImage image, bool isForced, Action<Image> guard, Action<RemoteContent> opened, CancellationToken cancellation)
    {
        var file = await RemoteErrors.ForManifestAsync(image.Uuid, async () => (await remote.GetManifestAsync(image, cancellation)).File);
        uploads.CheckFileLength(file.Size, ContentClaims.None);
        await using var content = await RemoteErrors.ForFileAsync(image.Uuid, () => remote.OpenFileAsync(image, cancellation));
        if (content.Length is { } announced && announced != file.Size)
        {
            throw new ImgApiException(
                ErrorCode.Download, $"\"size\" file field, {file.Size}, does not match the \"Content-Length\" header, {announced}");
        }

        opened(content);
        var upload = new FileUpload(
            content.Body, file.Size, file.Compression, new ContentClaims(file.Sha1, content.Md5), file.DatasetGuid, FileWay.Source)
        {
            IsForced = isForced,
        };
        return await uploads.AddFileAsync(image.Uuid, upload, guard, cancellation);
    }

    /// <summary>Gives an image the file at a URL.</summary>
    /// <param name="uuid">The image.</param>
    /// <param name="url">Where the file is.</param>
    /// <param name="requestId">Sent along.</param>
    /// <param name="describe">Makes the upload of the body and its announced length.</param>
    /// <param name="guard">Throws to refuse the image as it is when the file has arrived.</param>
    /// <param name="cancellation">Ends the transfer; nothing of it stays.</param>
    /// <returns>The image after the change.</returns>
    /// <exception cref="ImgApiException"><c>Download</c>, <c>Upload</c>, <c>ImageAlreadyActivated</c>.</exception>
    public async Task<Image> FromUrlAsync(
        Uuid uuid, Uri url, string requestId, Func<RemoteContent, FileUpload> describe, Action<Image> guard, CancellationToken cancellation)
    {
        await using var content = await remote.OpenUrlAsync(url, requestId, cancellation);
        return await uploads.AddFileAsync(uuid, describe(content), guard, cancellation);
    }
}
