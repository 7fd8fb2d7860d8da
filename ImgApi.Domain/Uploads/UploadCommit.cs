using ImgApi.Domain.UseCases;

namespace ImgApi.Domain.Uploads;

/// <summary>Makes a complete upload the file of its image, under the conditions of every other upload.</summary>
internal sealed class UploadCommit(
    IImageRepository images, IContentStore contents, IUploadStore store, UploadHead head, TimeProvider clock)
{
    private readonly ContentAttachment _attachment = new(images, contents);

    /// <summary>
    /// Refuses an upload whose image was activated, or has got another file than at the upload's creation: of several uploads for one image,
    /// the first that is committed wins.
    /// </summary>
    public static void EnsureWanted(PendingUpload upload, Image image)
    {
        image.EnsureNotActivated();
        if (image.File?.Content != upload.FormerFile)
        {
            throw new ImgApiException(
                ErrorCode.UploadSuperseded,
                $"the file of image {image.Uuid} was changed after this upload began: begin a new upload to replace that file");
        }
    }

    /// <summary>It is not canceled: the bytes are here, whether the client still is or not.</summary>
    /// <param name="guard">Throws to refuse the image.</param>
    /// <exception cref="ImgApiException">What every upload of a file can be refused with, and <c>UploadSuperseded</c>.</exception>
    public async Task<Image> CommitAsync(PendingUpload upload, RunningDigest digest, Action<Image> guard)
    {
        EnsureWanted(upload, await images.GetAsync(upload.Image, CancellationToken.None));
        var found = await digest.ReadAsync(upload.Length);
        head.RulesOf(upload).CheckReceived(found, upload.Length, upload.File.Claims);
        var (compression, inspection) = await head.InspectAsync(upload, CancellationToken.None);
        var content = await CommitBytesAsync(upload, new ContentName(ContentKind.File, compression));
        var file = inspection.ToFile(found, content, clock.GetUtcNow());
        guard += image => EnsureWanted(upload, image);
        return await _attachment.AttachFileAsync(upload.Image, inspection, file, guard, CancellationToken.None);
    }

    private async Task<ContentKey> CommitBytesAsync(PendingUpload upload, ContentName name)
    {
        try
        {
            return await store.CommitAsync(upload.Id, name, CancellationToken.None);
        }
        catch (ImgApiException missing) when (missing.Code == ErrorCode.ResourceNotFound)
        {
            throw await images.ExplainMissingAsync(upload.Image, missing, CancellationToken.None);
        }
    }
}
