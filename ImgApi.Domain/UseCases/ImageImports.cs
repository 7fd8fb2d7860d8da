namespace ImgApi.Domain.UseCases;

/// <summary>Adds images with a given UUID, which must be free or belong to a placeholder, which is replaced (contract 4, 5.18).</summary>
public sealed class ImageImports(IImageRepository images, IContentStore contents)
{
    /// <summary>Refuses a UUID that is in use, before a body is validated. The write itself checks again.</summary>
    public async Task EnsureFreeAsync(Uuid uuid, bool orPlaceholder, CancellationToken cancellation)
    {
        if (await images.FindAsync(uuid, cancellation) is { } image && !(orPlaceholder && image.IsPlaceholder))
        {
            throw ImgApiException.UuidInUse(uuid);
        }
    }

    /// <exception cref="ImgApiException"><c>ImageUuidAlreadyExists</c>, <c>OriginDoesNotExist</c>, <c>ValidationFailed</c> for a circle.</exception>
    /// <param name="guard">Throws to refuse the placeholder that is replaced.</param>
    public async Task<(Image Image, bool Replaced)> AddOrReplaceAsync(Image image, Action<Image> guard, CancellationToken cancellation) =>
        await images.FindAsync(image.Uuid, cancellation) is null
            ? (await images.AddAsync(image, WriteConditions.UsableOrigin, cancellation), false)
            : (await ReplaceAsync(image, guard, cancellation), true);

    /// <summary>Adds an image whose origin may be added later (contract 5.18, form B).</summary>
    public Task<Image> AddAsync(Image image, CancellationToken cancellation) =>
        images.AddAsync(image, WriteConditions.OriginMayFollow, cancellation);

    private async Task<Image> ReplaceAsync(Image image, Action<Image> guard, CancellationToken cancellation)
    {
        var (former, stored) = await images.ChangeAsync(image.Uuid, Replace, (_, _) => WriteConditions.UsableOrigin, cancellation);
        foreach (var content in new[] { former.File?.Content, former.Icon?.Content }.OfType<ContentKey>())
        {
            await contents.DeleteAsync(image.Uuid, content);
        }

        return stored;

        Image Replace(Image placeholder)
        {
            guard(placeholder);
            return placeholder.IsPlaceholder ? image : throw ImgApiException.UuidInUse(image.Uuid);
        }
    }
}
