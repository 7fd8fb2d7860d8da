using System.Security.Cryptography;
using ImgApi.Domain.Integrity;
using ImgApi.Domain.Storage;

namespace ImgApi.Domain.UseCases;

/// <summary>Finds images and their content.</summary>
public sealed class ImageReading(IImageRepository images, IContentStore contents, DamageRegister damages)
{
    /// <summary>One image.</summary>
    /// <param name="uuid">The image.</param>
    /// <param name="guard">Throws to refuse it.</param>
    /// <exception cref="ImgApiException"><c>ResourceNotFound</c>, or the guard's exception.</exception>
    public async ValueTask<Image> GetAsync(Uuid uuid, Action<Image> guard, CancellationToken cancellation)
    {
        var image = await images.GetAsync(uuid, cancellation);
        guard(image);
        return image;
    }

    /// <summary>Finds the file of an image. It is not opened, so a request that needs no bytes does not touch the store.</summary>
    /// <param name="index">Index of the file; the only file has index 0.</param>
    /// <param name="guard">Throws to refuse the image.</param>
    /// <exception cref="ImgApiException">
    /// <c>ResourceNotFound</c> for an unknown image, or a file that does not exist or is known to be missing; <c>InternalError</c> for known
    /// damage.
    /// </exception>
    public async ValueTask<StoredContent> GetFileAsync(Uuid uuid, long index, Action<Image> guard, CancellationToken cancellation)
    {
        var image = await GetAsync(uuid, guard, cancellation);
        var file = image.File ?? throw ImgApiException.NotFound($"image \"{uuid}\" has no file");
        if (index != 0)
        {
            throw ImgApiException.NotFound($"image \"{uuid}\" has no file at index {index}");
        }

        var content = new StoredContent(
            image, ContentKind.File, file.Content, file.Size, file.Sha1, file.Md5, file.ModifiedAt, "application/octet-stream");
        return await CompleteAsync(content, cancellation) ?? await GetFileAsync(uuid, index, guard, cancellation);
    }

    /// <summary>Finds the icon of an image; see <see cref="GetFileAsync"/>.</summary>
    public async ValueTask<StoredContent> GetIconAsync(Uuid uuid, Action<Image> guard, CancellationToken cancellation)
    {
        var image = await GetAsync(uuid, guard, cancellation);
        var icon = image.Icon ?? throw image.IconNotFound();
        var content = new StoredContent(
            image, ContentKind.Icon, icon.Content, icon.Size, icon.Sha1, icon.Md5, icon.ModifiedAt, icon.ContentType);
        return await CompleteAsync(content, cancellation) ?? await GetIconAsync(uuid, guard, cancellation);
    }

    /// <summary>Opens content for reading.</summary>
    /// <returns>A reader, which the caller disposes; null if the content was replaced meanwhile, so that the caller should look it up again.</returns>
    /// <exception cref="ImgApiException">
    /// <c>ResourceNotFound</c> if the bytes are missing; <c>InternalError</c> if their size does not match the manifest.
    /// </exception>
    public async Task<IContentReader?> OpenAsync(StoredContent content, CancellationToken cancellation)
    {
        var reader = content.Key is { } key ? await contents.OpenAsync(content.Image.Uuid, key, cancellation) : null;
        if (reader is null)
        {
            return await IsReplacedAsync(content, cancellation) ? null : throw Missing(content);
        }

        if (reader.Length == content.Size)
        {
            return reader;
        }

        reader.Dispose();
        throw Damaged(content.Image, "its size is wrong");
    }

    /// <summary>Where a web server in front can read the bytes; see <see cref="IContentStore.LocateAsync"/>.</summary>
    public async ValueTask<ContentLocation?> LocateAsync(StoredContent content, CancellationToken cancellation) =>
        content.Key is { } key ? await contents.LocateAsync(content.Image.Uuid, key, cancellation) : null;

    /// <summary>
    /// Refuses content with known damage, opens content that was unreadable before, and computes the digests that trondn/imgapi did not store.
    /// </summary>
    /// <returns>Null if the content was replaced meanwhile.</returns>
    private async ValueTask<StoredContent?> CompleteAsync(StoredContent content, CancellationToken cancellation)
    {
        if (content.Key is not { } key)
        {
            throw Missing(content);
        }

        var damage = await damages.FindAsync(content.Image.Uuid, key, cancellation);
        if (damage is { IsUnreadable: false })
        {
            throw Damaged(content.Image, "its bytes are not what they were");
        }

        if (damage is null && content is { Etag: not null, Md5: not null })
        {
            return content;
        }

        using var reader = await OpenAsync(content, cancellation);
        return reader is null ? null : content with
        {
            Md5 = content.Md5 ?? await contents.ComputeMd5Async(content.Image.Uuid, key, cancellation),
            Etag = content.Etag ?? await Sha1Async(reader, cancellation),
        };
    }

    /// <summary>Between look-up and opening, a writer may have replaced the content or removed the image.</summary>
    private async Task<bool> IsReplacedAsync(StoredContent content, CancellationToken cancellation) =>
        await images.FindAsync(content.Image.Uuid, cancellation) is not { } now
        || (content.Kind == ContentKind.Icon ? now.Icon?.Content : now.File?.Content) != content.Key;

    private static ImgApiException Missing(StoredContent content) =>
        ImgApiException.NotFound($"the {(content.Kind == ContentKind.Icon ? "icon" : "file")} of image \"{content.Image.Uuid}\" is missing");

    private static ImgApiException Damaged(Image image, string reason) =>
        new(ErrorCode.Internal, $"the stored content of image \"{image.Uuid}\" is damaged: {reason}");

    /// <summary>For icons of trondn/imgapi, which are small and were stored without a digest.</summary>
    private static async Task<string> Sha1Async(IContentReader reader, CancellationToken cancellation)
    {
        // Not disposed: the caller disposes the reader.
        var stream = new ContentStream(reader);
#pragma warning disable CA5350 // The Etag of content is its SHA-1 by contract 1.9.
        return Convert.ToHexStringLower(await SHA1.HashDataAsync(stream, cancellation));
#pragma warning restore CA5350
    }
}

/// <summary>A file or icon as described in a manifest. <see cref="ImageReading.OpenAsync"/> opens the bytes.</summary>
/// <param name="Image">The image.</param>
/// <param name="Kind">File or icon.</param>
/// <param name="Key">The key of the bytes; null for a file that was never stored.</param>
/// <param name="Size">Size in bytes.</param>
/// <param name="Etag">The SHA-1 in lower-case hex.</param>
/// <param name="Md5">Base64 MD5; null if the content disappeared before it could be computed.</param>
/// <param name="ModifiedAt">When the content arrived.</param>
/// <param name="ContentType">Media type.</param>
public sealed record StoredContent(
    Image Image, ContentKind Kind, ContentKey? Key, long Size, string? Etag, string? Md5, DateTimeOffset ModifiedAt, string ContentType);
