using System.Security.Cryptography;
using ImgApi.Domain.Integrity;

namespace ImgApi.Domain.UseCases;

/// <summary>Finds images and their content, which are <c>ResourceNotFound</c> if missing. A guard throws to refuse the image.</summary>
public sealed class ImageReading(IImageRepository images, IContentStore contents, DamageRegister damages)
{
    public async ValueTask<Image> GetAsync(Uuid uuid, Action<Image> guard, CancellationToken cancellation)
    {
        var image = await images.GetAsync(uuid, cancellation);
        guard(image);
        return image;
    }

    /// <summary>Finds a file without opening it, since not every request needs bytes. Known damage is <c>InternalError</c>.</summary>
    /// <param name="index">The only file has index 0.</param>
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

    /// <summary>See <see cref="GetFileAsync"/>.</summary>
    public async ValueTask<StoredContent> GetIconAsync(Uuid uuid, Action<Image> guard, CancellationToken cancellation)
    {
        var image = await GetAsync(uuid, guard, cancellation);
        var icon = image.Icon ?? throw image.IconNotFound();
        var content = new StoredContent(image, ContentKind.Icon, icon.Content, icon.Size, icon.Sha1, icon.Md5, icon.ModifiedAt, icon.ContentType);
        return await CompleteAsync(content, cancellation) ?? await GetIconAsync(uuid, guard, cancellation);
    }

    /// <summary>A reader, which the caller disposes; null if the content was replaced meanwhile, which calls for another look-up.</summary>
    /// <exception cref="ImgApiException"><c>InternalError</c> if the size does not match the manifest.</exception>
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
    /// Returns null if the content was replaced meanwhile.
    /// </summary>
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
        ImgApiException.NotFound($"the {ContentVerification.Noun(content.Kind)} of image \"{content.Image.Uuid}\" is missing");

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
