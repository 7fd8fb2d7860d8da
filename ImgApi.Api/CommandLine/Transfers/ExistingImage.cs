using ImgApi.Api.CommandLine.Connection;

namespace ImgApi.Api.CommandLine.Transfers;

/// <summary>Images that a server has.</summary>
internal static class ExistingImage
{
    /// <summary>The manifest of an image that was activated; null if the server has none.</summary>
    public static async Task<RemoteManifest?> FindAsync(Session session, Uuid uuid, CancellationToken cancellation)
    {
        try
        {
            var found = await session.Images.GetManifestAsync(session.Image(uuid), cancellation);
            return found.Json.Member("state").AsText() == ImageState.Unactivated ? null : found;
        }
        catch (ImgApiException missing) when (missing.Code == ErrorCode.ResourceNotFound)
        {
            return null;
        }
    }
}
