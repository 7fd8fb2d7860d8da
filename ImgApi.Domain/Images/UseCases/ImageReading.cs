using System.Security.Cryptography;
using ImgApi.Domain.Errors;
using ImgApi.Domain.Integrity;

namespace ImgApi.Domain.Images.UseCases;

/// <summary>Finding images and opening their content.</summary>
public sealed class ImageReading(IImageRepository images, IImageContentStore contents, DamageRegister damages)
{
    /// <summary>The images that the query asks for; see <see cref="IImageRepository.QueryAsync"/>.</summary>
    public ValueTask<IReadOnlyList<Image>> QueryAsync(ImageQuery query, CancellationToken cancellation) =>
        images.QueryAsync(query, cancellation);

    /// <summary>One image.</summary>
    /// <param name="uuid">The image.</param>
    /// <param name="guard">Throws to refuse it.</param>
    /// <param name="cancellation">Cancels the look-up.</param>
    /// <exception cref="ImgApiException"><c>ResourceNotFound</c>, or what the guard throws.</exception>
    public async ValueTask<Image> GetAsync(Uuid uuid, Action<Image> guard, CancellationToken cancellation)
    {
        var image = await images.FindAsync(uuid, cancellation) ?? throw ImgApiException.ImageNotFound(uuid);
        guard(image);
        return image;
    }

    /// <summary>Opens the file of an image.</summary>
    /// <param name="uuid">The image.</param>
    /// <param name="index">Which file; images have one, index 0.</param>
    /// <param name="guard">Throws to refuse the image.</param>
    /// <param name="cancellation">Cancels the opening.</param>
    /// <exception cref="ImgApiException">
    /// <c>ResourceNotFound</c> if there is no such image, file or content; <c>InternalError</c> if the stored content is known
    /// to be damaged, or has not the size that the manifest says.
    /// </exception>
    public async Task<OpenContent> OpenFileAsync(Uuid uuid, long index, Action<Image> guard, CancellationToken cancellation)
    {
        while (true)
        {
            var image = await GetAsync(uuid, guard, cancellation);
            var file = image.File ?? throw ImgApiException.NotFound($"image \"{uuid}\" has no file");
            if (index != 0)
            {
                throw ImgApiException.NotFound($"image \"{uuid}\" has no file at index {index}");
            }

            var open = file.Content is { } content
                ? await TryOpenAsync(image, content, (file.Sha1, file.Size, file.Md5), file.ModifiedAt, cancellation)
                : null;
            if (open is not null)
            {
                return open;
            }

            await EnsureReplacedAsync(image, now => now.File?.Content == file.Content, $"the file of image \"{uuid}\" is missing", cancellation);
        }
    }

    /// <summary>Opens the icon of an image.</summary>
    /// <exception cref="ImgApiException"><c>ResourceNotFound</c> if there is no such image, icon or content.</exception>
    public async Task<OpenContent> OpenIconAsync(Uuid uuid, Action<Image> guard, CancellationToken cancellation)
    {
        while (true)
        {
            var image = await GetAsync(uuid, guard, cancellation);
            var icon = image.Icon ?? throw image.NoIcon();
            if (await TryOpenAsync(image, icon.Content, (icon.Sha1, icon.Size, icon.Md5), icon.ModifiedAt, cancellation) is { } open)
            {
                return open with { ContentType = icon.ContentType };
            }

            await EnsureReplacedAsync(image, now => now.Icon?.Content == icon.Content, $"the icon of image \"{uuid}\" is missing", cancellation);
        }
    }

    /// <summary>Content can go between the look-up and the opening if a writer replaced it: then, and only then, look again.</summary>
    private async Task EnsureReplacedAsync(Image image, Func<Image, bool> sameContent, string missing, CancellationToken cancellation)
    {
        if (await images.FindAsync(image.Uuid, cancellation) is { } now && sameContent(now))
        {
            throw ImgApiException.NotFound(missing);
        }
    }

    private static ImgApiException Damaged(Image image, string reason) =>
        new(ErrorCode.Internal, $"the stored content of image \"{image.Uuid}\" is damaged: {reason}");

    /// <summary>For icons of trondn/imgapi, which wrote nothing down about them; they are small.</summary>
    private static async Task<string> Sha1Async(IContentReader reader, CancellationToken cancellation)
    {
        // Not disposed: the reader is still to be sent.
        var stream = new ContentStream(reader);
#pragma warning disable CA5350 // The Etag of content is its SHA-1 by contract 1.9.
        return Convert.ToHexStringLower(await SHA1.HashDataAsync(stream, cancellation));
#pragma warning restore CA5350
    }

    private async Task<OpenContent?> TryOpenAsync(
        Image image, ContentKey key, (string? Sha1, long Size, string? Md5) facts, DateTimeOffset modifiedAt, CancellationToken cancellation)
    {
        var reader = await contents.OpenReadAsync(image.Uuid, key, cancellation);
        if (reader is null)
        {
            return null;
        }

        try
        {
            if (damages.Find(image.Uuid, key) is { IsUnreadable: false })
            {
                throw Damaged(image, "its bytes are not what they were");
            }

            if (reader.Length != facts.Size)
            {
                throw Damaged(image, "its size is wrong");
            }

            var md5 = facts.Md5 ?? await contents.ComputeMd5Async(image.Uuid, key, cancellation);
            return new OpenContent(image, reader, facts.Sha1 ?? await Sha1Async(reader, cancellation), md5, modifiedAt, "application/octet-stream");
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }
}
