using ImgApi.Domain.Storage;

namespace ImgApi.Domain.UseCases;

/// <summary>Removing images: from a channel, or for good (contract 5.17, 8.3).</summary>
public sealed class ImageRemoval(IImageRepository images)
{
    /// <summary>Removes the image with all its content, or takes it out of a channel if it is in others too.</summary>
    /// <param name="uuid">The image.</param>
    /// <param name="channel">The channel to remove it from; null for all of them.</param>
    /// <param name="everywhere">Removes it for good although it is in other channels too.</param>
    /// <param name="guard">Throws to refuse.</param>
    /// <param name="cancellation">Honoured until the write begins.</param>
    /// <exception cref="ImgApiException">
    /// <c>ResourceNotFound</c>; <c>ImageHasDependentImages</c> for an origin of other images in <paramref name="channel"/>.
    /// </exception>
    public async Task RemoveAsync(Uuid uuid, string? channel, bool everywhere, Action<Image> guard, CancellationToken cancellation)
    {
        while (true)
        {
            var image = await images.GetAsync(uuid, cancellation);
            guard(image);
            var conditions = WriteConditions.Unused(channel);
            var leaves = channel is not null && !everywhere && image.Details.Channels is { Count: > 1 };
            var isDone = leaves
                ? await images.TryReplaceAsync(image, image.LeaveChannel(channel!), conditions, cancellation) is not null
                : await images.TryRemoveAsync(image, conditions, cancellation);
            if (isDone)
            {
                return;
            }
        }
    }
}
