using ImgApi.Domain.Remote;
using ImgApi.Domain.Storage;

namespace ImgApi.Domain.Importing;

/// <summary>Finds out which origins of a remote image have to be imported before it (contract 5.19).</summary>
public sealed class OriginChain(IImageRepository images)
{
    /// <summary>Maximum number of images that an import may consist of. A hostile source can name a new origin for ever.</summary>
    public const int Limit = 64;

    /// <summary>Walks from origin to origin until one is here, or there is none.</summary>
    /// <param name="image">The image.</param>
    /// <param name="manifest">Its manifest.</param>
    /// <param name="fetch">Gets the manifest of an origin; throws to refuse it.</param>
    /// <param name="isBeingMade">Whether an image that is here, but not activated, soon will be.</param>
    /// <param name="cancellation">Cancels the look-ups.</param>
    /// <returns>What is to be imported, in order: the image itself is the last.</returns>
    /// <exception cref="ImgApiException">
    /// <c>OriginIsNotActive</c>, here or there; <c>RemoteSourceError</c> for a circle, or for a chain that is too long.
    /// </exception>
    public async Task<IReadOnlyList<Uuid>> ResolveAsync(
        RemoteImage image, RemoteManifest manifest, Func<RemoteImage, Task<RemoteManifest>> fetch, Predicate<Uuid> isBeingMade,
        CancellationToken cancellation)
    {
        var chain = new List<Uuid> { image.Uuid };
        while (manifest.Origin is { } origin && await IsNeededAsync(origin, isBeingMade, cancellation))
        {
            EnsureSane(chain, origin);
            manifest = await fetch(image with { Uuid = origin });
            if (!manifest.IsActive)
            {
                throw NotActive(origin);
            }

            chain.Add(origin);
        }

        chain.Reverse();
        return chain;
    }

    /// <summary>422 for an origin that cannot be built upon.</summary>
    public static ImgApiException NotActive(Uuid origin) => new(ErrorCode.OriginIsNotActive, $"origin image \"{origin}\" is not active");

    private static void EnsureSane(List<Uuid> chain, Uuid origin)
    {
        if (chain.Contains(origin))
        {
            throw new ImgApiException(ErrorCode.RemoteSource, $"the origins of image {chain[0]} at the source form a circle");
        }

        if (chain.Count >= Limit)
        {
            throw new ImgApiException(
                ErrorCode.RemoteSource, $"the chain of origins of image {chain[0]} at the source is longer than {Limit} images");
        }
    }

    private async Task<bool> IsNeededAsync(Uuid origin, Predicate<Uuid> isBeingMade, CancellationToken cancellation) =>
        await images.FindAsync(origin, cancellation) switch
        {
            null => true,
            { IsActive: true } => false,
            { Activated: false } when isBeingMade(origin) => true,
            _ => throw NotActive(origin),
        };
}
