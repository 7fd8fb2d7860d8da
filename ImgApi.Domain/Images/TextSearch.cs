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
    public static bool FindsAll(IReadOnlyList<string> words, Image image) => words.All(word => Finds(word, image));

    private static bool Finds(string word, Image image)
    {
        var details = image.Details;
        return Contains(details.Name) || Contains(details.Version) || Contains(details.Os) || Contains(image.Uuid.ToString())
            || Contains(details.Description) || Contains(details.Tags?.GetRawText());

        bool Contains(string? text) => text?.Contains(word, StringComparison.OrdinalIgnoreCase) == true;
    }
}
