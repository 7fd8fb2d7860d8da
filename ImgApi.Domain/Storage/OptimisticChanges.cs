namespace ImgApi.Domain.Storage;

/// <summary>
/// Reads, changes and replaces images, and starts over if another writer was faster. A <c>change</c> returns the next version of the image, or
/// the same instance to change nothing; it throws to refuse. It is called again with each new state of the image. No lock is held meanwhile.
/// </summary>
public static class OptimisticChanges
{
    /// <summary>The image. An unknown one is <c>ResourceNotFound</c>, here and in all changes.</summary>
    public static async ValueTask<Image> GetAsync(this IImageFinder images, Uuid uuid, CancellationToken cancellation) =>
        await images.FindAsync(uuid, cancellation) ?? throw ImgApiException.ImageNotFound(uuid);

    public static Task<(Image Before, Image After)> ChangeAsync(
        this IImageRepository images, Uuid uuid, Func<Image, Image> change, CancellationToken cancellation) =>
        images.ChangeAsync(uuid, change, (_, _) => WriteConditions.None, cancellation);

    public static Task<(Image Before, Image After)> ChangeAsync(
        this IImageRepository images, Uuid uuid, Func<Image, Image> change, Func<Image, Image, WriteConditions> conditions,
        CancellationToken cancellation) =>
        images.ChangeAsync(uuid, image => ValueTask.FromResult(change(image)), conditions, cancellation);

    /// <param name="conditions">Returns the conditions of the write, given the image before and after the change.</param>
    public static async Task<(Image Before, Image After)> ChangeAsync(
        this IImageRepository images, Uuid uuid, Func<Image, ValueTask<Image>> change, Func<Image, Image, WriteConditions> conditions,
        CancellationToken cancellation)
    {
        while (true)
        {
            var before = await images.GetAsync(uuid, cancellation);
            var after = await change(before);
            if (ReferenceEquals(before, after))
            {
                return (before, before);
            }

            if (await images.TryReplaceAsync(before, after, conditions(before, after), cancellation) is { } stored)
            {
                return (before, stored);
            }
        }
    }

    /// <summary>Removes an image unless the guard or the conditions refuse. Returns false if it does not exist.</summary>
    public static async Task<bool> RemoveAsync(
        this IImageRepository images, Uuid uuid, Action<Image> guard, WriteConditions conditions, CancellationToken cancellation)
    {
        while (await images.FindAsync(uuid, cancellation) is { } image)
        {
            guard(image);
            if (await images.TryRemoveAsync(image, conditions, cancellation))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A change that calls the guard first.</summary>
    internal static Func<Image, Image> Then(this Action<Image> guard, Func<Image, Image> change) => image =>
    {
        guard(image);
        return change(image);
    };
}
