namespace ImgApi.Domain.Retention;

/// <summary>Removes the images that are too old.</summary>
public sealed class ImageRetention(IImageRepository images, ImageAges ages, TimeProvider clock)
{
    /// <param name="removed">Called for each removed image.</param>
    /// <param name="kept">Called for each image that could not be removed, with the reason.</param>
    public async Task PassAsync(RetentionRules rules, Action<Image> removed, Action<Image, ImgApiException> kept, CancellationToken cancellation)
    {
        foreach (var image in Pruning.Select(await ages.ListAsync(cancellation), rules, clock.GetUtcNow()))
        {
            if (await images.TryPurgeAsync(image, kept, cancellation))
            {
                removed(image);
            }
        }
    }
}
