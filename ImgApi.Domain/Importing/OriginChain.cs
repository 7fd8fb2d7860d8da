using ImgApi.Domain.Remote;

namespace ImgApi.Domain.Importing;

/// <summary>Determines which origins of a remote image have to be imported before it (contract 5.19).</summary>
public sealed class OriginChain(IImageRepository images, IRemoteImages remote, JobRegistry jobs)
{
    /// <summary>Maximum number of images of one import. A hostile source could name new origins forever.</summary>
    public const int MaxLength = 64;

    /// <summary>The images to import, in order, the image itself last. Its origins are followed until one exists here.</summary>
    /// <param name="fetch">Downloads the manifest of an origin; throws to refuse it.</param>
    /// <exception cref="ImgApiException"><c>OriginIsNotActive</c>; <c>RemoteSourceError</c> for a circle or an endless chain.</exception>
    public async Task<IReadOnlyList<Uuid>> ResolveAsync(
        RemoteImage image, RemoteManifest manifest, Func<RemoteImage, Task<RemoteManifest>> fetch, CancellationToken cancellation)
    {
        var chain = new List<Uuid> { image.Uuid };
        while (manifest.Origin is { } origin && await IsNeededAsync(origin, cancellation))
        {
            EnsureNotEndless(chain, origin);
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

    /// <summary>Downloads a manifest. An origin that is not a UUID is refused.</summary>
    public async Task<RemoteManifest> FetchAsync(RemoteImage image, CancellationToken cancellation)
    {
        var manifest = await remote.GetManifestAsync(image, cancellation);
        _ = manifest.Origin;
        return manifest;
    }

    public static ImgApiException OriginNotActive(Uuid origin) => new(ErrorCode.OriginIsNotActive, $"origin image \"{origin}\" is not active");

    private static void EnsureNotEndless(List<Uuid> chain, Uuid origin)
    {
        if (chain.Contains(origin) || chain.Count >= MaxLength)
        {
            throw new ImgApiException(ErrorCode.RemoteSource, chain.Contains(origin)
                ? $"the origins of image {chain[0]} at the source form a circle"
                : $"the chain of origins of image {chain[0]} at the source is longer than {MaxLength} images");
        }
    }

    private async Task<bool> IsNeededAsync(Uuid origin, CancellationToken cancellation) =>
        await images.FindAsync(origin, cancellation) switch
        {
            null => true,
            { IsActive: true } => false,
            { Activated: false } when jobs.IsBeingImported(origin) => true,
            _ => throw OriginNotActive(origin),
        };
}
