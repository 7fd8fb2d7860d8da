namespace ImgApi.Domain.Integrity;

/// <summary>Content that does not match its manifest.</summary>
/// <param name="Image">The image.</param>
/// <param name="Content">The content. A replacement gets another key, and so is not affected.</param>
/// <param name="Reason">The problem, for the operator.</param>
/// <param name="FoundAt">When the damage was found.</param>
/// <param name="IsUnreadable">
/// Whether it was missing or could not be read, which may be temporary: it is reported, but downloads try to read it instead of being
/// refused.
/// </param>
public sealed record Damage(Uuid Image, ContentKey Content, string Reason, DateTimeOffset FoundAt, bool IsUnreadable = false)
{
    /// <summary>The damaged content.</summary>
    public DamagedContent Key => new(Image, Content);

    /// <summary>The reason for missing content.</summary>
    /// <param name="noun">See <see cref="ContentVerification.Noun"/>.</param>
    public static string MissingReason(string noun) => $"the {noun} is missing";

    /// <summary>Whether both differ only in their time.</summary>
    public bool Repeats(Damage earlier) => this with { FoundAt = earlier.FoundAt } == earlier;
}

/// <summary>A content of an image.</summary>
/// <param name="Image">The image.</param>
/// <param name="Content">The content.</param>
public readonly record struct DamagedContent(Uuid Image, ContentKey Content);
