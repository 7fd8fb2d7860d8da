namespace ImgApi.Domain.Integrity;

/// <summary>Content that is not what its manifest says.</summary>
/// <param name="Image">The image.</param>
/// <param name="Content">The content; a replacement has another key, and is not damaged by this.</param>
/// <param name="Reason">What is wrong, in words for the operator.</param>
/// <param name="FoundAt">When it was found.</param>
/// <param name="IsUnreadable">
/// Whether it could not be read then, or was not there, which may pass: it is reported, but a download tries for itself instead
/// of being refused.
/// </param>
public sealed record Damage(Uuid Image, ContentKey Content, string Reason, DateTimeOffset FoundAt, bool IsUnreadable = false)
{
    /// <summary>The content that is damaged.</summary>
    public DamagedContent Of => new(Image, Content);

    /// <summary>The reason for content that is not there.</summary>
    /// <param name="noun">See <see cref="ContentVerification.Noun"/>.</param>
    public static string IsMissing(string noun) => $"the {noun} is missing";

    /// <summary>Whether nothing but the time tells it from another find of the same content.</summary>
    public bool Repeats(Damage earlier) => this with { FoundAt = earlier.FoundAt } == earlier;
}

/// <summary>A content of an image.</summary>
/// <param name="Image">The image.</param>
/// <param name="Content">The content.</param>
public readonly record struct DamagedContent(Uuid Image, ContentKey Content);
