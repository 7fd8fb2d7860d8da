using System.Globalization;
using System.Text;

namespace ImgApi.Domain.Values;

/// <summary>
/// Makes untrusted text safe for a log, a terminal and a page: it must not break a line, hide a part of it, reverse its order or control
/// a terminal.
/// </summary>
public static class VisibleText
{
    private const string Replacement = "?";
    private const int DefaultLength = 128;

    /// <summary>
    /// The text with a question mark in place of each invisible character: controls, line ends, bidirectional and other format
    /// characters, halves of surrogate pairs, private and unassigned code points.
    /// </summary>
    public static string Clean(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            // Half of a surrogate pair is enumerated as U+FFFD, which is visible.
            clean.Append(IsVisible(rune) ? rune.ToString() : Replacement);
        }

        return clean.ToString();
    }

    /// <summary>The cleaned text as a value in a log line.</summary>
    /// <param name="text">The text; null and the empty string become a dash.</param>
    /// <param name="maxLength">Number of UTF-16 code units to keep; dots replace the rest.</param>
    public static string Cut(string? text, int maxLength = DefaultLength) =>
        string.IsNullOrEmpty(text) ? "-" : Clean(Shorten(text, maxLength));

    /// <summary>The first UTF-16 code units of a text; dots replace the rest. No surrogate pair is divided.</summary>
    public static string Shorten(string text, int maxLength) =>
        text.Length <= maxLength ? text : text[..(char.IsHighSurrogate(text[maxLength - 1]) ? maxLength - 1 : maxLength)] + "...";

    private static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
