using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace ImgApi.Domain.Images;

/// <summary>
/// A point in time as manifests write it: <c>YYYY-MM-DDTHH:MM:SS(.SSS)Z</c>. Keeps the text as it was given, since
/// imported values are echoed verbatim, and compares as an instant (contract 3.10, 6.4).
/// </summary>
public sealed record Timestamp
{
    private const string FullFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
    private const string ShortFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

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

    /// <summary>The text, exactly as given.</summary>
    public override string ToString() => Text;
}
