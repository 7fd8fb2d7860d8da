namespace ImgApi.Domain.UseCases;

/// <summary>Removes images from a channel, or altogether (contract 5.17, 8.3).</summary>
public sealed class ImageRemoval(IImageRepository images)
{
    /// <summary>Whether the removal leaves the image in its other channels.</summary>
    /// <param name="channel">Null for all channels.</param>
    /// <param name="everywhere">As in <see cref="RemoveAsync"/>.</param>
    public static bool Leaves(Image image, string? channel, bool everywhere) =>
        channel is not null && !everywhere && image.Details.Channels is { Count: > 1 };

    /// <summary>Removes the image with its content, or only from a channel if it is in other channels too.</summary>
    /// <param name="channel">Null for all channels.</param>
    /// <param name="everywhere">Whether to remove it altogether, even if it is in other channels.</param>
    /// <exception cref="ImgApiException"><c>ImageHasDependentImages</c> for an origin of other images in <paramref name="channel"/>.</exception>
    public async Task RemoveAsync(Uuid uuid, string? channel, bool everywhere, Action<Image> guard, CancellationToken cancellation)
    {
        while (true)
        {
            var image = await images.GetAsync(uuid, cancellation);
            guard(image);
            var conditions = WriteConditions.Unused(channel);
            var isDone = Leaves(image, channel, everywhere)
                ? await images.TryReplaceAsync(image, image.LeaveChannel(channel!), conditions, cancellation) is not null
                : await images.TryRemoveAsync(image, conditions, cancellation);
            if (isDone)
            {
                return;
            }
        }
    }
}
