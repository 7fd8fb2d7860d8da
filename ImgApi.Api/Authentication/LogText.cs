using System.Globalization;

namespace ImgApi.Api.Authentication;

/// <summary>Makes what a client sent fit for one line of a log.</summary>
internal static class LogText
{
    private const int MaxLength = 128;

    /// <summary>The text without whatever could break the line or hide a part of it, and not too long.</summary>
    /// <param name="text">The text; null and an empty one become a dash.</param>
    /// <param name="maxLength">Characters; what is longer is cut.</param>
    public static string Of(string? text, int maxLength = MaxLength)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "-";
        }

        var clean = string.Concat(text.Take(maxLength).Select(letter => IsVisible(letter) ? letter : '?'));
        return text.Length > maxLength ? clean + "..." : clean;
    }

    private static bool IsVisible(char letter) => CharUnicodeInfo.GetUnicodeCategory(letter) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
