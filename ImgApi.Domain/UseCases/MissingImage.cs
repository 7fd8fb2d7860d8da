namespace ImgApi.Domain.UseCases;

internal static class MissingImage
{
    /// <summary>The error to throw if a content store does not know an image: it was removed, or its stored data has disappeared.</summary>
    /// <param name="missing">The error of the store.</param>
    public static async Task<ImgApiException> ExplainMissingAsync(
        this IImageRepository images, Uuid uuid, ImgApiException missing, CancellationToken cancellation) =>
        await images.FindSettledAsync(uuid, cancellation) is null ? ImgApiException.ImageNotFound(uuid) : ImgApiException.ImageLost(uuid, missing);
}
