using System.Globalization;

namespace ImgApi.Api.Authentication;

/// <summary>Makes what a client sent fit for one line of a log.</summary>
internal static class LogText
{
    private const int MaxLength = 128;

    /// <summary>The text without whatever could break the line or hide a part of it, and not too long.</summary>
    public static string Of(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "-";
        }

        var clean = string.Concat(text.Take(MaxLength).Select(letter => IsVisible(letter) ? letter : '?'));
        return text.Length > MaxLength ? clean + "..." : clean;
    }

    private static bool IsVisible(char letter) => CharUnicodeInfo.GetUnicodeCategory(letter) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
