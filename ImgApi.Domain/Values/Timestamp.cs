using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace ImgApi.Domain.Values;

/// <summary>
/// A time in the format of manifests: <c>YYYY-MM-DDTHH:MM:SS(.SSS)Z</c>. Keeps the original text, since imported values are echoed
/// verbatim (contract 3.10, 6.4).
/// </summary>
public sealed partial record Timestamp
{
    private const string FullFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
    private const string ShortFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";
    private const string ForeignFormat = "yyyy-MM-dd'T'HH:mm:ss.fffK";

    private Timestamp(string text, DateTimeOffset instant) => (Text, Instant) = (text, instant);

    public string Text { get; }
    public DateTimeOffset Instant { get; }

    /// <summary>Formats an instant with three fraction digits, truncating the rest.</summary>
    public static Timestamp From(DateTimeOffset instant)
    {
        var text = instant.UtcDateTime.ToString(FullFormat, CultureInfo.InvariantCulture);
        return new Timestamp(text, DateTimeOffset.ParseExact(text, FullFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));
    }

    /// <summary>Reads the format of manifests; false for any other text and for dates that do not exist.</summary>
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
    /// Reads the format of manifests, or any RFC 3339 text (up to nine fraction digits, an offset instead of <c>Z</c>), as other image
    /// servers write it. RFC 3339 texts are converted and truncated to milliseconds.
    /// </summary>
    public static bool TryReadForeign([NotNullWhen(true)] string? text, [NotNullWhen(true)] out Timestamp? timestamp)
    {
        if (TryParse(text, out timestamp))
        {
            return true;
        }

        // The framework reads at most seven fraction digits.
        var match = Rfc3339.Match(text ?? "");
        var milliseconds = match.Groups["fraction"].Value.PadRight(3, '0')[..3];
        var shorter = $"{match.Groups["time"]}.{milliseconds}{match.Groups["offset"]}";
        if (!match.Success
            || !DateTimeOffset.TryParseExact(shorter, ForeignFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant))
        {
            return false;
        }

        timestamp = From(instant);
        return true;
    }

    [GeneratedRegex(@"\A(?<time>[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})(\.(?<fraction>[0-9]{1,9}))?(?<offset>Z|[+-][0-9]{2}:[0-9]{2})\z")]
    private static partial Regex Rfc3339 { get; }

    public override string ToString() => Text;
}
