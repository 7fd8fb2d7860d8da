namespace ImgApi.Domain.Retention;

/// <summary>Removals that nobody asked for at the moment.</summary>
internal static class Removals
{
    /// <summary>Removes an image from all channels, unless it has changed or others are based on it.</summary>
    /// <param name="kept">Called if the image could not be removed, with the reason.</param>
    /// <returns>Whether it was removed.</returns>
    public static async Task<bool> TryPurgeAsync(
        this IImageRepository images, Image image, Action<Image, ImgApiException> kept, CancellationToken cancellation)
    {
        try
        {
            return await images.TryRemoveAsync(image, WriteConditions.Unused(channel: null), cancellation);
        }
        catch (ImgApiException refusal)
        {
            kept(image, refusal);
            return false;
        }
    }
}
