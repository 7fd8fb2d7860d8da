using ImgApi.Domain.Remote;
using ImgApi.Domain.Storage;

namespace ImgApi.Domain.Importing;

/// <summary>Determines which origins of a remote image have to be imported before it (contract 5.19).</summary>
public sealed class OriginChain(IImageRepository images)
{
    /// <summary>Maximum number of images of one import. A hostile source could name new origins forever.</summary>
    public const int MaxLength = 64;

    /// <summary>Follows the origins until one exists here, or an image has none.</summary>
    /// <param name="manifest">Its manifest.</param>
    /// <param name="fetch">Downloads the manifest of an origin; throws to refuse it.</param>
    /// <param name="isBeingImported">Whether a job is going to activate an image that is not active here.</param>
    /// <returns>The images to import, in order; the image itself is the last.</returns>
    /// <exception cref="ImgApiException">
    /// <c>OriginIsNotActive</c>, here or at the source; <c>RemoteSourceError</c> for a circle or a chain that is too long.
    /// </exception>
    public async Task<IReadOnlyList<Uuid>> ResolveAsync(
        RemoteImage image, RemoteManifest manifest, Func<RemoteImage, Task<RemoteManifest>> fetch, Predicate<Uuid> isBeingImported,
        CancellationToken cancellation)
    {
        var chain = new List<Uuid> { image.Uuid };
        while (manifest.Origin is { } origin && await IsNeededAsync(origin, isBeingImported, cancellation))
        {
            EnsureNoCircle(chain, origin);
            manifest = await fetch(image with { Uuid = origin });
            if (!manifest.IsActive)
            {
                throw OriginNotActive(origin);
            }

            chain.Add(origin);
        }

        chain.Reverse();
        return chain;
    }

    /// <summary>422 for an origin that is not active.</summary>
    public static ImgApiException OriginNotActive(Uuid origin) => new(ErrorCode.OriginIsNotActive, $"origin image \"{origin}\" is not active");

    private static void EnsureNoCircle(List<Uuid> chain, Uuid origin)
    {
        if (chain.Contains(origin))
        {
            throw new ImgApiException(ErrorCode.RemoteSource, $"the origins of image {chain[0]} at the source form a circle");
        }

        if (chain.Count >= MaxLength)
        {
            throw new ImgApiException(
                ErrorCode.RemoteSource, $"the chain of origins of image {chain[0]} at the source is longer than {MaxLength} images");
        }
    }

    private async Task<bool> IsNeededAsync(Uuid origin, Predicate<Uuid> isBeingImported, CancellationToken cancellation) =>
        await images.FindAsync(origin, cancellation) switch
        {
            null => true,
            { IsActive: true } => false,
            { Activated: false } when isBeingImported(origin) => true,
            _ => throw OriginNotActive(origin),
        };
}
