using ImgApi.Domain.Remote;
using ImgApi.Domain.UseCases;

namespace ImgApi.Domain.Importing;

/// <summary>
/// Downloads files and icons from other servers. A transfer that is canceled leaves nothing behind. A guard throws to refuse the local image,
/// as it is when the file has arrived. Errors are those of <see cref="IRemoteImages"/> and <see cref="ImageUploads"/>.
/// </summary>
public sealed class FileImport(IRemoteImages remote, ImageUploads uploads)
{
    /// <summary>Adds the file of the same image at a server that the caller names (contract 5.10, form B).</summary>
    public Task<Image> AddFileAsync(ImportRequest request, Action<Image> guard, CancellationToken cancellation) =>
        AddFileAsync(request.Remote, request.IsForced, guard, _ => { }, cancellation);

    /// <param name="isForced">See <see cref="FileDescription.IsForced"/>.</param>
    /// <param name="opened">Called when the transfer begins.</param>
    public async Task<Image> AddFileAsync(
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
        var claims = new ContentClaims(file.Sha1, content.Md5);
        var description = new FileDescription(file.Compression, claims, file.DatasetGuid, UploadSource.ImageServer) { IsForced = isForced };
        return await uploads.AddFileAsync(image.Uuid, new FileUpload(content.Body, file.Size, description), guard, cancellation);
    }

    /// <summary>Adds the file at a URL (contract 5.11).</summary>
    /// <param name="describe">Creates the upload from the response.</param>
    public async Task<Image> AddFileFromUrlAsync(
        Uuid uuid, Uri url, string requestId, Func<RemoteContent, FileUpload> describe, Action<Image> guard, CancellationToken cancellation)
    {
        await using var content = await remote.OpenUrlAsync(url, requestId, cancellation);
        return await uploads.AddFileAsync(uuid, describe(content), guard, cancellation);
    }

    public async Task<Image> AddIconAsync(RemoteImage image, CancellationToken cancellation)
    {
        await using var content = await RemoteErrors.ForIconAsync(image.Uuid, () => remote.OpenIconAsync(image, cancellation));
        var type = content.ContentType ?? "undefined";
        if (!ImageIcon.ContentTypes.Contains(type))
        {
            throw new ImgApiException(
                ErrorCode.Upload, $"the icon has the content type {type}, which is not one of {string.Join(", ", ImageIcon.ContentTypes)}");
        }

        var upload = new IconUpload(content.Body, content.Length, type, new ContentClaims(Md5: content.Md5));
        return await uploads.AddIconAsync(image.Uuid, upload, _ => { }, cancellation);
    }
}
