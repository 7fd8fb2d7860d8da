namespace ImgApi.Domain.Retention;

/// <summary>Collects what decides whether the images of this server are too old.</summary>
public sealed class ImageAges(IImageRepository images, IImageActivity activity, FetchRegister fetches, Predicate<Uuid> isBeingImported)
{
    public async Task<IReadOnlyList<AgedImage>> ListAsync(CancellationToken cancellation)
    {
        var aged = new List<AgedImage>();
        foreach (var image in (await images.QueryAsync(new ImageQuery { State = StateFilter.All }, cancellation)).Images)
        {
            aged.Add(new AgedImage(
                image, (await fetches.OfAsync(image.Uuid)).Last ?? await fetches.SinceAsync(), await IdleSinceAsync(image, cancellation))
            {
                IsHeld = isBeingImported(image.Uuid),
            });
        }

        return aged;
    }

    /// <inheritdoc cref="AgedImage.IdleSince"/>
    public async ValueTask<DateTimeOffset?> IdleSinceAsync(Image image, CancellationToken cancellation) =>
        image.State == ImageState.Unactivated && !isBeingImported(image.Uuid) ? await activity.LastActivityAsync(image.Uuid, cancellation) : null;
}
