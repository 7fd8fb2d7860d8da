namespace ImgApi.Domain.Images;

/// <summary>Finds images by words in any case, as a person types them.</summary>
public static class TextSearch
{
    /// <summary>Characters of a search. It bounds the time that a search takes.</summary>
    public const int MaxLength = 200;

    /// <summary>The different words of a text.</summary>
    /// <exception cref="ImgApiException"><c>InvalidParameter</c> for a text that is too long.</exception>
    public static IReadOnlyList<string> Words(string? text) => text is not { Length: > MaxLength }
        ? [.. (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.OrdinalIgnoreCase)]
        : throw ImgApiException.InvalidParameter("q", $"the search has {text.Length} characters, at most {MaxLength} are allowed");

    /// <summary>Whether each word is a part of name, version, os, UUID, description or tags. Tags are searched as JSON text.</summary>
    public static bool FindsAll(IReadOnlyList<string> words, Image image)
    {
        var details = image.Details;
        string? uuid = null;
        string? tags = null; // can be long, so at most one copy is made for an image
        return words.All(word => Contains(details.Name, word) || Contains(details.Version, word) || Contains(details.Os, word)
            || Contains(details.Description, word) || Contains(uuid ??= image.Uuid.ToString(), word)
            || Contains(tags ??= details.Tags?.GetRawText() ?? "", word));
    }

    private static bool Contains(string? text, string word) => text?.Contains(word, StringComparison.OrdinalIgnoreCase) == true;
}
