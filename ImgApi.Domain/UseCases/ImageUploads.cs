using ImgApi.Domain.Contents;
using ImgApi.Domain.Storage;

namespace ImgApi.Domain.UseCases;

/// <summary>
/// Content coming and going: bytes are streamed into the store, committed, and only then named by the image. Whatever
/// fails on the way leaves the image and its former content as they were, and nothing of the new.
/// </summary>
public sealed class ImageUploads(
    IImageRepository images, IContentStore contents, ContentInspection inspection, ServerRules rules, TimeProvider clock)
{
    private readonly ContentDeposit _deposit = new(images, contents);

    /// <summary>Refuses, before the body is read, what its announced size already forbids (contract 5.10).</summary>
    public void CheckFileLength(long? length, ContentClaims claims) => UploadRules.ForFile(rules.MaxFileSize).CheckAnnounced(length, claims);

    /// <summary>Refuses, before the body is read, what its announced size already forbids (contract 5.12).</summary>
    public static void CheckIconLength(long? length, ContentClaims claims) => UploadRules.ForIcon.CheckAnnounced(length, claims);

    /// <summary>Gives an image its file (contract 5.10, 5.11).</summary>
    /// <param name="uuid">The image.</param>
    /// <param name="upload">The file.</param>
    /// <param name="guard">Throws to refuse the image as it is when the upload has arrived.</param>
    /// <param name="cancellation">Ends the upload; nothing of it stays.</param>
    /// <returns>The image after the change.</returns>
    /// <exception cref="ImgApiException">
    /// <c>Upload</c>, <c>Download</c>, <c>BadDigest</c>, <c>InvalidParameter</c> if the compression was to be told by bytes that do not
    /// tell it, <c>ContentCheckFailed</c>, <c>ImageAlreadyActivated</c> if it became active meanwhile, and the guard's own.
    /// </exception>
    public async Task<Image> AddFileAsync(Uuid uuid, FileUpload upload, Action<Image> guard, CancellationToken cancellation)
    {
        var uploadRules = UploadRules.ForFile(rules.MaxFileSize, upload.Way);
        uploadRules.CheckAnnounced(upload.Length, upload.Claims);
        var arrival = new Arrival(upload.Body, upload.Length, upload.Claims, uploadRules)
        {
            Begun = upload.Compression is null ? await ContentIntake.BeginAsync(upload.Body, cancellation) : default,
        };
        var compression = upload.Compression ?? uploadRules.CompressionOf(arrival.Begun.Span);
        var look = new FileLook(upload, compression, await images.FindAsync(uuid, cancellation), inspection, rules);
        var name = new ContentName(ContentKind.File, compression);
        var (digest, content) = await _deposit.StoreAsync(uuid, name, arrival, look.Look, cancellation);
        var file = look.FileOf(digest, content, clock.GetUtcNow());
        return await NameAsync(uuid, content, image => image.File?.Content, AttachFile, cancellation);

        Image AttachFile(Image image)
        {
            guard(image);
            image.EnsureNotActivated();
            return look.Check(image.AttachFile(file));
        }
    }

    /// <summary>Gives an image its icon, in any state (contract 5.12).</summary>
    /// <returns>The image after the change.</returns>
    /// <exception cref="ImgApiException"><c>Upload</c>, <c>BadDigest</c>, and the guard's own.</exception>
    public async Task<Image> AddIconAsync(Uuid uuid, IconUpload upload, Action<Image> guard, CancellationToken cancellation)
    {
        UploadRules.ForIcon.CheckAnnounced(upload.Length, upload.Claims);
        var arrival = new Arrival(upload.Body, upload.Length, upload.Claims, UploadRules.ForIcon);
        var (digest, content) = await _deposit.StoreAsync(uuid, new ContentName(ContentKind.Icon, upload.ContentType), arrival, Look, cancellation);
        var icon = new ImageIcon
        {
            ContentType = upload.ContentType,
            Sha1 = digest.Sha1,
            Size = digest.Size,
            Md5 = digest.Md5,
            ModifiedAt = clock.GetUtcNow(),
            Content = content,
        };
        return await NameAsync(uuid, content, image => image.Icon?.Content, ChangeIcon, cancellation);

        void Look(ReadOnlyMemory<byte> head, bool isWhole)
        {
            if (!upload.Claims.AreStored)
            {
                UploadRules.ForIcon.CheckFormat(FormatRules.ContradictionOfIcon(ContentFormats.Of(head.Span), upload.ContentType));
            }
        }

        Image ChangeIcon(Image image)
        {
            guard(image);
            return image.ChangeIcon(icon);
        }
    }

    /// <summary>Takes an image's icon away, in any state (contract 5.12).</summary>
    /// <returns>The image after the change.</returns>
    /// <exception cref="ImgApiException"><c>ResourceNotFound</c> if it has none, and the guard's own.</exception>
    public async Task<Image> RemoveIconAsync(Uuid uuid, Action<Image> guard, CancellationToken cancellation)
    {
        var (former, after) = await images.ChangeAsync(uuid, Remove, cancellation);
        await contents.DeleteAsync(uuid, former.Icon!.Content);
        return after;

        Image Remove(Image image)
        {
            guard(image);
            return image.RemoveIcon();
        }
    }

    /// <summary>Makes the image name committed content, then removes what it named before; or else the new content.</summary>
    private async Task<Image> NameAsync(
        Uuid uuid, ContentKey content, Func<Image, ContentKey?> named, Func<Image, Image> change, CancellationToken cancellation)
    {
        ImageReplacement replacement;
        try
        {
            replacement = await images.ChangeAsync(uuid, change, cancellation);
        }
        catch
        {
            // A write that failed late may have taken effect; content that the image names now must stay.
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
