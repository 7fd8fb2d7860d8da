using ImgApi.Domain.Contents;
using ImgApi.Domain.Quotas;

namespace ImgApi.Domain.UseCases;

/// <summary>
/// Adds and removes content. New bytes are stored and committed before the image names them. If anything fails or is canceled, the image keeps
/// its former content and the new bytes are discarded. A guard throws to refuse the image, as it is when the upload has arrived.
/// </summary>
public sealed class ImageUploads(
    IImageRepository images, IContentStore contents, ContentInspector inspector, StorageQuota quota, ServerRules rules, TimeProvider clock)
{
    private readonly ContentDeposit _deposit = new(images, contents);
    private readonly ContentAttachment _attachment = new(images, contents);

    /// <summary>Refuses a file because of its announced size, before the body is read (contract 5.10).</summary>
    public void CheckFileLength(long? length, ContentClaims claims) => UploadRules.ForFile(rules.MaxFileSize).CheckAnnounced(length, claims);

    /// <summary>Refuses an icon because of its announced size, before the body is read (contract 5.12).</summary>
    public static void CheckIconLength(long? length, ContentClaims claims) => UploadRules.ForIcon.CheckAnnounced(length, claims);

    /// <summary>Adds or replaces the file (contract 5.10, 5.11).</summary>
    /// <exception cref="ImgApiException">
    /// <c>Upload</c>, <c>Download</c>, <c>BadDigest</c>, <c>InvalidParameter</c> if the compression cannot be detected,
    /// <c>ContentCheckFailed</c>, <c>ImageAlreadyActivated</c> if the image was activated meanwhile, <c>InsufficientStorage</c>.
    /// </exception>
    public async Task<Image> AddFileAsync(Uuid uuid, FileUpload upload, Action<Image> guard, CancellationToken cancellation)
    {
        var (file, claims) = (upload.Description, upload.Description.Claims);
        var uploadRules = UploadRules.ForFile(rules.MaxFileSize, file.Source);
        uploadRules.CheckAnnounced(upload.Length, claims);
        using var share = await quota.ReserveAsync(uuid, upload.Length, cancellation);
        var arrival = new Arrival(upload.Body, upload.Length, claims, uploadRules)
        {
            Share = share,
            Head = file.Compression is null ? await ContentIntake.ReadHeadAsync(upload.Body, cancellation) : default,
        };
        var compression = file.Compression ?? uploadRules.DetectCompression(arrival.Head.Span);
        var inspection = new UploadInspection(file, compression, await images.FindAsync(uuid, cancellation), inspector, rules);
        var name = new ContentName(ContentKind.File, compression);
        var (digest, content) = await _deposit.StoreAsync(uuid, name, arrival, inspection.InspectHead, cancellation);
        return await _attachment.AttachFileAsync(uuid, inspection, inspection.ToFile(digest, content, clock.GetUtcNow()), guard, cancellation);
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
        return await _attachment.ReferToAsync(
            uuid, content, image => image.Icon?.Content, guard.Then(image => image.ChangeIcon(icon)), cancellation);

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
}
