using ImgApi.Api.CommandLine.Connection;

namespace ImgApi.Api.CommandLine.Transfers;

/// <summary>Images that a server has.</summary>
internal static class ExistingImage
{
    /// <summary>Whether the server has an image that was activated.</summary>
    public static async Task<bool> IsThereAsync(Session session, Uuid uuid, CancellationToken cancellation)
    {
        try
        {
            return (await session.Images.GetManifestAsync(session.Image(uuid), cancellation)).Json.Member("state").AsText() != ImageState.Unactivated;
        }
        catch (ImgApiException missing) when (missing.Code == ErrorCode.ResourceNotFound)
        {
            return false;
        }
    }
}
