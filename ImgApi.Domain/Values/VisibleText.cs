using System.Buffers;
using System.Globalization;
using System.Text;

namespace ImgApi.Domain.Values;

/// <summary>Makes untrusted text safe for a log, a terminal and a page, where it could break, hide or reorder lines or act as commands.</summary>
public static class VisibleText
{
    private static readonly SearchValues<char> PlainJson = SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code), '\n']);

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
            clean.Append(IsVisible(rune) ? rune.ToString() : "?");
        }

        return clean.ToString();
    }

    /// <summary>The cleaned and shortened text as a value in a log line. Null and the empty string become a dash.</summary>
    public static string Cut(string? text, int maxLength = 128) =>
        string.IsNullOrEmpty(text) ? "-" : Clean(Shorten(text, maxLength));

    /// <summary>The first UTF-16 code units of a text; dots replace the rest. No surrogate pair is divided.</summary>
    public static string Shorten(string text, int maxLength) =>
        text.Length <= maxLength ? text : text[..(char.IsHighSurrogate(text[maxLength - 1]) ? maxLength - 1 : maxLength)] + "...";

    /// <summary>JSON text in which the invisible characters of strings are escapes. Line feeds between tokens stay.</summary>
    public static string EscapeJson(string json)
    {
        if (!json.AsSpan().ContainsAnyExcept(PlainJson))
        {
            return json;
        }

        var escaped = new StringBuilder(json.Length);
        foreach (var rune in json.EnumerateRunes())
        {
            escaped.Append(rune.Value == '\n' || IsVisible(rune)
                ? rune.ToString()
                : string.Concat(rune.ToString().Select(unit => "\\u" + ((int)unit).ToString("x4", CultureInfo.InvariantCulture))));
        }

        return escaped.ToString();
    }

    private static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
