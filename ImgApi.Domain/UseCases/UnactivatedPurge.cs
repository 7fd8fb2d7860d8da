using ImgApi.Domain.Retention;

namespace ImgApi.Domain.UseCases;

/// <summary>Removes images that were never activated and have no recent activity. Origins and images of unfinished jobs stay.</summary>
public sealed class UnactivatedPurge(IImageRepository images, IImageActivity activity, Predicate<Uuid> isBeingImported, TimeProvider clock)
{
    /// <param name="lifespan">Allowed time without activity.</param>
    /// <param name="removed">Called for each removed image, with the time of its last activity.</param>
    /// <param name="kept">Called for each image that could not be removed, with the reason.</param>
    public async Task PassAsync(
        TimeSpan lifespan, Action<Image, DateTimeOffset> removed, Action<Image, ImgApiException> kept, CancellationToken cancellation)
    {
        var unactivated = await images.QueryAsync(new ImageQuery { State = StateFilter.Unactivated }, cancellation);
        foreach (var image in unactivated.Images)
        {
            if (await activity.LastActivityAsync(image.Uuid, cancellation) is { } last
                && clock.GetUtcNow() - last > lifespan
                && !isBeingImported(image.Uuid)
                && await images.TryPurgeAsync(image, kept, cancellation))
            {
                removed(image, last);
            }
        }
    }
}
