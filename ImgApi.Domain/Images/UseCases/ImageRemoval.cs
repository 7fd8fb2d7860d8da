using ImgApi.Domain.Errors;

namespace ImgApi.Domain.Images.UseCases;

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
        if (channel is null || everywhere)
        {
            await RemoveForGoodAsync(uuid, channel, guard, cancellation);
            return;
        }

        while (!await TryLeaveAsync(uuid, channel, guard, cancellation))
        {
            try
            {
                await RemoveForGoodAsync(uuid, channel, guard + RefuseIfElsewhere, cancellation);
                return;
            }
            catch (JoinedMeanwhileException)
            {
                // Somebody put it into another channel between the two looks: now it only leaves this one.
            }
        }
    }

    private static void RefuseIfElsewhere(Image image)
    {
        if (image.Details.Channels is { Count: > 1 })
        {
            throw new JoinedMeanwhileException();
        }
    }

    /// <summary>Takes the image out of the channel; false, and nothing happened, if that is its last.</summary>
    private async Task<bool> TryLeaveAsync(Uuid uuid, string channel, Action<Image> guard, CancellationToken cancellation)
    {
        var left = false;
        await images.ChangeAsync(uuid, Leave, cancellation);
        return left;

        Image Leave(Image image, ICatalogueView catalogue)
        {
            guard(image);
            Origins.EnsureNoDependents(uuid, channel, catalogue);
            left = image.Details.Channels is { Count: > 1 };
            return left ? image.LeaveChannel(channel) : image;
        }
    }

    private Task RemoveForGoodAsync(Uuid uuid, string? channel, Action<Image> guard, CancellationToken cancellation) =>
        images.RemoveAsync(uuid, (image, catalogue) =>
        {
            guard(image);
            Origins.EnsureNoDependents(uuid, channel, catalogue);
        }, cancellation);

    private sealed class JoinedMeanwhileException : Exception;
}
