using ImgApi.Domain.Remote;
using ImgApi.Domain.UseCases;

namespace ImgApi.Domain.Importing;

/// <summary>Icons that this server fetches itself.</summary>
public sealed class IconImport(IRemoteImages remote, ImageUploads uploads)
{
    /// <summary>Gives an image the icon of the same image at another server.</summary>
    /// <param name="image">The image there.</param>
    /// <param name="cancellation">Ends the transfer; nothing of it stays.</param>
    /// <returns>The image after the change.</returns>
    /// <exception cref="ImgApiException"><c>RemoteSourceError</c>, <c>Upload</c>, <c>BadDigest</c>, and the store's own.</exception>
    public async Task<Image> FromSourceAsync(RemoteImage image, CancellationToken cancellation)
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
