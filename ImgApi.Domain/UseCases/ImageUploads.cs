using ImgApi.Domain.Contents;

namespace ImgApi.Domain.UseCases;

/// <summary>
/// Adds and removes content. New bytes are stored and committed before the image names them. If anything fails or is canceled, the image keeps
/// its former content and the new bytes are discarded. A guard throws to refuse the image, as it is when the upload has arrived.
/// </summary>
public sealed class ImageUploads(
    IImageRepository images, IContentStore contents, ContentInspector inspector, ServerRules rules, TimeProvider clock)
{
    private readonly ContentDeposit _deposit = new(images, contents);

    /// <summary>Refuses a file because of its announced size, before the body is read (contract 5.10).</summary>
    public void CheckFileLength(long? length, ContentClaims claims) => UploadRules.ForFile(rules.MaxFileSize).CheckAnnounced(length, claims);

    /// <summary>Refuses an icon because of its announced size, before the body is read (contract 5.12).</summary>
    public static void CheckIconLength(long? length, ContentClaims claims) => UploadRules.ForIcon.CheckAnnounced(length, claims);

    /// <summary>Adds or replaces the file (contract 5.10, 5.11).</summary>
    /// <exception cref="ImgApiException">
    /// <c>Upload</c>, <c>Download</c>, <c>BadDigest</c>, <c>InvalidParameter</c> if the compression cannot be detected,
    /// <c>ContentCheckFailed</c>, <c>ImageAlreadyActivated</c> if the image was activated meanwhile.
    /// </exception>
    public async Task<Image> AddFileAsync(Uuid uuid, FileUpload upload, Action<Image> guard, CancellationToken cancellation)
    {
        var uploadRules = UploadRules.ForFile(rules.MaxFileSize, upload.Source);
        uploadRules.CheckAnnounced(upload.Length, upload.Claims);
        var arrival = new Arrival(upload.Body, upload.Length, upload.Claims, uploadRules)
        {
            Head = upload.Compression is null ? await ContentIntake.ReadHeadAsync(upload.Body, cancellation) : default,
        };
        var compression = upload.Compression ?? uploadRules.DetectCompression(arrival.Head.Span);
        var inspection = new UploadInspection(upload, compression, await images.FindAsync(uuid, cancellation), inspector, rules);
        var name = new ContentName(ContentKind.File, compression);
        var (digest, content) = await _deposit.StoreAsync(uuid, name, arrival, inspection.InspectHead, cancellation);
        var file = inspection.ToFile(digest, content, clock.GetUtcNow());
        return await ReferToAsync(uuid, content, image => image.File?.Content, guard.Then(AttachFile), cancellation);

        Image AttachFile(Image image)
        {
            image.EnsureNotActivated();
            return inspection.EnsureInstallable(image.AttachFile(file));
        }
    }

    /// <summary>Adds or replaces the icon, in any state (contract 5.12).</summary>
    public async Task<Image> AddIconAsync(Uuid uuid, IconUpload upload, Action<Image> guard, CancellationToken cancellation)
    {
        UploadRules.ForIcon.CheckAnnounced(upload.Length, upload.Claims);
        var arrival = new Arrival(upload.Body, upload.Length, upload.Claims, UploadRules.ForIcon);
        var name = new ContentName(ContentKind.Icon, upload.ContentType);
        var (digest, content) = await _deposit.StoreAsync(uuid, name, arrival, InspectHead, cancellation);
        var icon = new ImageIcon
        {
            ContentType = upload.ContentType,
            Sha1 = digest.Sha1,
            Size = digest.Size,
            Md5 = digest.Md5,
            ModifiedAt = clock.GetUtcNow(),
            Content = content,
        };
        return await ReferToAsync(uuid, content, image => image.Icon?.Content, guard.Then(image => image.ChangeIcon(icon)), cancellation);

        void InspectHead(ReadOnlyMemory<byte> head, bool isWhole) => UploadRules.ForIcon.CheckFormat(
            upload.Claims.AreStored ? null : FormatRules.IconMismatch(ContentFormats.Detect(head.Span), upload.ContentType));
    }

    /// <summary>Removes the icon, in any state (contract 5.12).</summary>
    public async Task<Image> RemoveIconAsync(Uuid uuid, Action<Image> guard, CancellationToken cancellation)
    {
        var (former, after) = await images.ChangeAsync(uuid, guard.Then(image => image.RemoveIcon()), cancellation);
        await contents.DeleteAsync(uuid, former.Icon!.Content);
        return after;
    }

    /// <summary>Makes the image name the committed content and deletes its former content. If that fails, deletes the new content.</summary>
    private async Task<Image> ReferToAsync(
        Uuid uuid, ContentKey content, Func<Image, ContentKey?> named, Func<Image, Image> change, CancellationToken cancellation)
    {
        (Image Before, Image After) replacement;
        try
        {
            replacement = await images.ChangeAsync(uuid, change, cancellation);
        }
        catch
        {
            // A write that failed late may have taken effect. Content that the image names must stay.
            if (await images.FindAsync(uuid, CancellationToken.None) is not { } now || named(now) != content)
            {
                await contents.DeleteAsync(uuid, content);
            }

            throw;
        }

        if (named(replacement.Before) is { } obsolete)
        {
            await contents.DeleteAsync(uuid, obsolete);
        }

        return replacement.After;
    }
}
