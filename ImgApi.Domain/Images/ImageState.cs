namespace ImgApi.Domain.Images;

/// <summary>The words that a manifest's <c>state</c> can hold (contract section 4).</summary>
public static class ImageState
{
    /// <summary>Created or imported, not activated yet: its file can still be replaced.</summary>
    public const string Unactivated = "unactivated";

    /// <summary>Activated and not disabled: listed and installable.</summary>
    public const string Active = "active";

    /// <summary>Activated and disabled: not listed, still readable by uuid.</summary>
    public const string Disabled = "disabled";

    /// <summary>A placeholder whose making failed, or a label that an operator set.</summary>
    public const string Failed = "failed";

    /// <summary>A placeholder that is being made, or a label that an operator set.</summary>
    public const string Creating = "creating";

    /// <summary>The words that an operator's update may set.</summary>
    public static IReadOnlyList<string> All { get; } = [Active, Unactivated, Disabled, Failed, Creating];
}
