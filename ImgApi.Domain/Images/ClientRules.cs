using System.Text.Json;

namespace ImgApi.Domain.Images;

/// <summary>
/// Requirements of <c>imgadm</c> for the images in a list. A single image that it cannot read makes <c>imgadm avail</c> fail, so that a
/// machine sees no images at all.
/// </summary>
internal static class ClientRules
{
    private const string DockerId = "docker:id";

    /// <summary>Whether clients can list the image once it is active.</summary>
    public static bool IsListable(ImageDetails details) => details.Type != ImageType.Docker
        || (details.Tags is { ValueKind: JsonValueKind.Object } tags
            && tags.TryGetProperty(DockerId, out var id) && id.ValueKind == JsonValueKind.String);

    /// <summary>Throws <c>ValidationFailed</c> for an image that clients could not list. The reason is appended to the message.</summary>
    public static void EnsureListable(ImageDetails details, string message)
    {
        if (!IsListable(details))
        {
            const string reason = $"an image of type {ImageType.Docker} needs the tag \"{DockerId}\" with a string, or imgadm avail fails on every machine";
            throw ImgApiException.ValidationFailed("tags", $"{message} ({reason})", fieldMessage: reason);
        }
    }
}
