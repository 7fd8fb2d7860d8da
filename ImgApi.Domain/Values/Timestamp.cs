using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace ImgApi.Domain.Values;

/// <summary>
/// A point in time as manifests write it: <c>YYYY-MM-DDTHH:MM:SS(.SSS)Z</c>. Keeps the text as it was given, since
/// imported values are echoed verbatim, and compares as an instant (contract 3.10, 6.4).
/// </summary>
public sealed partial record Timestamp
{
    private const string FullFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
    private const string ShortFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";
    private const string ForeignFormat = "yyyy-MM-dd'T'HH:mm:ss.fffK";

    private Timestamp(string text, DateTimeOffset instant)
    {
        Text = text;
        Instant = instant;
    }

    /// <summary>The text, exactly as given.</summary>
    public string Text { get; }

    /// <summary>The same as a UTC instant.</summary>
    public DateTimeOffset Instant { get; }

    /// <summary>Writes an instant with exactly three fraction digits, cutting the rest.</summary>
    public static Timestamp From(DateTimeOffset instant)
    {
        var text = instant.UtcDateTime.ToString(FullFormat, CultureInfo.InvariantCulture);
        return TryParse(text, out var timestamp) ? timestamp : throw new InvalidOperationException("A formatted instant is a timestamp.");
    }

    /// <summary>Reads the manifest form; false for any other text and for dates that the calendar does not have.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out Timestamp? timestamp)
    {
        timestamp = null;
        var format = text?.Length == FullFormat.Length - 4 ? FullFormat : ShortFormat;
        if (!DateTimeOffset.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant))
        {
            return false;
        }

        timestamp = new Timestamp(text!, instant);
        return true;
    }

    /// <summary>
    /// Reads the manifest form, or any other form of RFC 3339 (up to nine fraction digits, an offset in place of <c>Z</c>), in which
    /// other image servers write. The latter becomes the manifest form, cut to milliseconds.
    /// </summary>
    public static bool TryReadForeign([NotNullWhen(true)] string? text, [NotNullWhen(true)] out Timestamp? timestamp)
    {
        if (TryParse(text, out timestamp))
        {
            return true;
        }

        if (Rfc3339.Match(text ?? "") is not { Success: true } match)
        {
            return false;
        }

        // The framework reads seven fraction digits and not nine.
        var milliseconds = match.Groups["fraction"].Value.PadRight(3, '0')[..3];
        if (!DateTimeOffset.TryParseExact(
                $"{match.Groups["time"]}.{milliseconds}{match.Groups["offset"]}", ForeignFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant))
        {
            return false;
        }

        timestamp = From(instant);
        return true;
    }

    [GeneratedRegex(@"\A(?<time>[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})(\.(?<fraction>[0-9]{1,9}))?(?<offset>Z|[+-][0-9]{2}:[0-9]{2})\z")]
    private static partial Regex Rfc3339 { get; }

    /// <summary>The text, exactly as given.</summary>
    public override string ToString() => Text;
}
