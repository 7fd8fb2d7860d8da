using ImgApi.Domain.Storage;

namespace ImgApi.Domain.UseCases;

/// <summary>
/// Adding images whose uuid is given: it must be free, or be that of a placeholder, whose record is replaced (contract 4, 5.18).
/// </summary>
public sealed class ImageImports(IImageRepository images, IContentStore contents)
{
    /// <summary>Refuses a uuid that cannot be imported to, before a body is validated; the write itself checks again.</summary>
    /// <exception cref="ImgApiException"><c>ImageUuidAlreadyExists</c>.</exception>
    public async Task EnsureFreeAsync(Uuid uuid, bool orPlaceholder, CancellationToken cancellation)
    {
        if (await images.FindAsync(uuid, cancellation) is { } image && !(orPlaceholder && image.IsPlaceholder))
        {
            throw Exists(uuid);
        }
    }

    /// <summary>Adds an image, in place of a placeholder if there is one.</summary>
    /// <param name="image">The image; its details are valid.</param>
    /// <param name="cancellation">Honoured until the write begins.</param>
    /// <returns>The image as stored, and whether it replaced a placeholder.</returns>
    /// <exception cref="ImgApiException"><c>ImageUuidAlreadyExists</c>; <c>OriginDoesNotExist</c>; <c>ValidationFailed</c> for a circle of origins.</exception>
    public async Task<(Image Image, bool Replaced)> AddOrReplaceAsync(Image image, CancellationToken cancellation) =>
        await images.FindAsync(image.Uuid, cancellation) is null
            ? (await images.AddAsync(image, WriteConditions.UsableOrigin, cancellation), false)
            : (await ReplaceAsync(image, cancellation), true);

    /// <summary>Adds an image whose origin may come later (contract 5.18, form B).</summary>
    /// <exception cref="ImgApiException"><c>ImageUuidAlreadyExists</c>; <c>ValidationFailed</c> for a circle of origins.</exception>
    /// <returns>The image as stored.</returns>
    public Task<Image> AddAsync(Image image, CancellationToken cancellation) =>
        images.AddAsync(image, WriteConditions.OriginMayFollow, cancellation);

    /// <summary>409 for a uuid that is in use.</summary>
    public static ImgApiException Exists(Uuid uuid) => new(ErrorCode.ImageUuidAlreadyExists, $"image uuid \"{uuid}\" already exists");

    private async Task<Image> ReplaceAsync(Image image, CancellationToken cancellation)
    {
        var (former, stored) = await images.ChangeAsync(image.Uuid, Replace, (_, _) => WriteConditions.UsableOrigin, cancellation);
        foreach (var content in new[] { former.File?.Content, former.Icon?.Content }.OfType<ContentKey>())
        {
            await contents.DeleteAsync(image.Uuid, content);
        }

        return stored;

        Image Replace(Image placeholder) => placeholder.IsPlaceholder ? image : throw Exists(image.Uuid);
    }
}
