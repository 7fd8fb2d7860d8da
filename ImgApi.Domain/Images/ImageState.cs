namespace ImgApi.Domain.Images;

/// <summary>
/// The values of a manifest's <c>state</c> (contract section 4). Active images are listed and installable, disabled ones only readable by UUID.
/// The last two are only labels; see <see cref="Image.Label"/>.
/// </summary>
public static class ImageState
{
    public const string Unactivated = "unactivated";
    public const string Active = "active";
    public const string Disabled = "disabled";
    public const string Failed = "failed";
    public const string Creating = "creating";

    /// <summary>The values that an update may set as a label.</summary>
    public static IReadOnlyList<string> All { get; } = [Active, Unactivated, Disabled, Failed, Creating];
}
