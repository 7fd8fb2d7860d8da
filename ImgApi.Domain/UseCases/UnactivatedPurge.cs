using ImgApi.Domain.Storage;

namespace ImgApi.Domain.UseCases;

/// <summary>
/// Removes images that were never activated and have not been worked on for some time. An image with an upload in flight counts as worked
/// on; one that a job is to make, or that others are based on, stays.
/// </summary>
/// <param name="images">The images.</param>
/// <param name="activity">When they were last worked on.</param>
/// <param name="isBeingMade">Whether a job is to make an image.</param>
/// <param name="clock">The time.</param>
public sealed class UnactivatedPurge(IImageRepository images, IImageActivity activity, Predicate<Uuid> isBeingMade, TimeProvider clock)
{
    /// <summary>Looks at every image once.</summary>
    /// <param name="lifespan">How long an image may lie idle.</param>
    /// <param name="removed">Called for each image that was removed, with the time at which it was last worked on.</param>
    /// <param name="kept">Called for each image that had to stay, with the reason.</param>
    /// <param name="cancellation">Ends the pass.</param>
    public async Task PassAsync(
        TimeSpan lifespan, Action<Image, DateTimeOffset> removed, Action<Image, ImgApiException> kept, CancellationToken cancellation)
    {
        var unactivated = await images.QueryAsync(new ImageQuery { State = StateFilter.Unactivated }, cancellation);
        foreach (var image in unactivated.Images)
        {
            try
            {
                if (await activity.LastAsync(image.Uuid, cancellation) is { } last
                    && clock.GetUtcNow() - last > lifespan
                    && !isBeingMade(image.Uuid)
                    && await images.TryRemoveAsync(image, WriteConditions.Unused(channel: null), cancellation))
                {
                    removed(image, last);
                }
            }
            catch (ImgApiException refusal)
            {
                kept(image, refusal);
            }
        }
    }
}
