namespace ImgApi.Domain.Images;

/// <summary>A channel: a named subset of a server's images, such as the ones for testing or the released ones (contract 8.1).</summary>
/// <param name="Name">Its name in queries and manifests; see <see cref="IsName"/>.</param>
/// <param name="Description">What it is for, in words for a person.</param>
public sealed record Channel(string Name, string Description)
{
    /// <summary>Whether a text can name a channel: a lower-case letter, then letters, digits, <c>_</c> and <c>-</c>.</summary>
    public static bool IsName(string text) =>
        text is [>= 'a' and <= 'z', ..] && text.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character is '_' or '-');
}
