namespace ImgApi.Domain.Integrity;

/// <summary>Content that does not match its manifest.</summary>
/// <param name="Content">A replacement gets another key, and so is not affected.</param>
/// <param name="IsUnreadable">It was missing or could not be read. That may be temporary, so downloads still try to read it.</param>
public sealed record Damage(Uuid Image, ContentKey Content, string Reason, DateTimeOffset FoundAt, bool IsUnreadable = false)
{
    public DamagedContent Key => new(Image, Content);

    /// <param name="noun">See <see cref="ContentVerification.Noun"/>.</param>
    public static string MissingReason(string noun) => $"the {noun} is missing";

    /// <summary>Whether both differ only in their time.</summary>
    public bool Repeats(Damage earlier) => this with { FoundAt = earlier.FoundAt } == earlier;
}

public readonly record struct DamagedContent(Uuid Image, ContentKey Content);
