namespace ImgApi.Domain.Images;

/// <summary>The values of a manifest's <c>state</c> (contract section 4).</summary>
public static class ImageState
{
    /// <summary>Not activated: the file can still be replaced.</summary>
    public const string Unactivated = "unactivated";

    /// <summary>Activated and not disabled: listed and installable.</summary>
    public const string Active = "active";

    /// <summary>Activated and disabled: readable by UUID, but not in the default list.</summary>
    public const string Disabled = "disabled";

    /// <summary>Label: creating the image failed.</summary>
    public const string Failed = "failed";

    /// <summary>Label: the image is being created, see <see cref="Image.IsPlaceholder"/>.</summary>
    public const string Creating = "creating";

    /// <summary>The values that an update may set as a label.</summary>
    public static IReadOnlyList<string> All { get; } = [Active, Unactivated, Disabled, Failed, Creating];
}
