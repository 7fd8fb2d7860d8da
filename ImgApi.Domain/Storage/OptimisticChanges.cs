namespace ImgApi.Domain.Storage;

/// <summary>Reads, changes and replaces images, and starts over if another writer was faster.</summary>
public static class OptimisticChanges
{
    /// <summary>The image.</summary>
    /// <exception cref="ImgApiException"><c>ResourceNotFound</c>.</exception>
    public static async ValueTask<Image> GetAsync(this IImageFinder images, Uuid uuid, CancellationToken cancellation) =>
        await images.FindAsync(uuid, cancellation) ?? throw ImgApiException.ImageNotFound(uuid);

    /// <summary>Changes an image, without conditions on other images.</summary>
    /// <inheritdoc cref="ChangeAsync(IImageRepository, Uuid, Func{Image, ValueTask{Image}}, Func{Image, Image, WriteConditions}, CancellationToken)"/>
    public static Task<ImageReplacement> ChangeAsync(
        this IImageRepository images, Uuid uuid, Func<Image, Image> change, CancellationToken cancellation) =>
        images.ChangeAsync(uuid, change, (_, _) => WriteConditions.None, cancellation);

    /// <summary>Changes an image.</summary>
    /// <inheritdoc cref="ChangeAsync(IImageRepository, Uuid, Func{Image, ValueTask{Image}}, Func{Image, Image, WriteConditions}, CancellationToken)"/>
    public static Task<ImageReplacement> ChangeAsync(
        this IImageRepository images, Uuid uuid, Func<Image, Image> change, Func<Image, Image, WriteConditions> conditions, CancellationToken cancellation) =>
        images.ChangeAsync(uuid, image => ValueTask.FromResult(change(image)), conditions, cancellation);

    /// <summary>Changes an image.</summary>
    /// <param name="images">The repository.</param>
    /// <param name="change">
    /// Returns the next version of the image, or the same instance to change nothing; throws to refuse. It is called again, with the new
    /// state of the image, each time another writer was faster. No lock is held during the call.
    /// </param>
    /// <param name="conditions">Returns the conditions of the write, given the image before and after the change.</param>
    /// <exception cref="ImgApiException"><c>ResourceNotFound</c> for an unknown image; see <see cref="IImageRepository.TryReplaceAsync"/>.</exception>
    public static async Task<ImageReplacement> ChangeAsync(
        this IImageRepository images, Uuid uuid, Func<Image, ValueTask<Image>> change, Func<Image, Image, WriteConditions> conditions,
        CancellationToken cancellation)
    {
        while (true)
        {
            var before = await images.GetAsync(uuid, cancellation);
            var after = await change(before);
            if (ReferenceEquals(before, after))
            {
                return new ImageReplacement(before, before);
            }

            if (await images.TryReplaceAsync(before, after, conditions(before, after), cancellation) is { } stored)
            {
                return new ImageReplacement(before, stored);
            }
        }
    }
}

/// <summary>The result of a change.</summary>
/// <param name="Before">The image that was replaced.</param>
/// <param name="After">The image as stored; the same instance if nothing was changed.</param>
public readonly record struct ImageReplacement(Image Before, Image After);
