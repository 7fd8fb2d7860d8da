using ImgApi.Api.CommandLine.Connection;

namespace ImgApi.Api.CommandLine.Images;

/// <summary>The images that an image is an increment of.</summary>
internal static class OriginsOf
{
    // Origins of other servers are untrusted, and could form a circle.
    private const int MaxLength = 100;

    /// <summary>The image after its origins, so that each comes after the one that it needs.</summary>
    /// <exception cref="ImgApiException">An origin is missing, or the chain does not end.</exception>
    public static async Task<List<RemoteManifest>> ChainAsync(Session session, RemoteManifest image, CancellationToken cancellation)
    {
        var chain = new List<RemoteManifest> { image };
        while (chain[0].Origin is { } origin)
        {
            if (chain.Count == MaxLength)
            {
                throw new ImgApiException(ErrorCode.RemoteSource, $"image {image.Uuid} has more than {MaxLength} origins");
            }

            chain.Insert(0, await session.Images.GetManifestAsync(session.Image(origin), cancellation));
        }

        return chain;
    }
}
