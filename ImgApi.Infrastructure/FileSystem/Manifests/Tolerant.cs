using System.Globalization;
using System.Text.Json;
using ImgApi.Domain.Images;

namespace ImgApi.Infrastructure.FileSystem.Manifests;

/// <summary>Reads values that others have written with another idea of their types. Null means: cannot be used.</summary>
internal static class Tolerant
{
    private const string AnyInstant = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK";
    private const string InstantWithoutSeconds = "yyyy-MM-dd'T'HH:mmK";

    /// <summary>A member's value; null if there is none, or only null.</summary>
    public static JsonElement? Value(JsonElement parent, string key) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null
            ? value
            : null;

    public static string? Text(JsonElement parent, string key) => Value(parent, key) is { } value ? Text(value) : null;

    /// <summary>A string, or the text of another scalar.</summary>
    public static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => null,
    };

    /// <summary>A whole number, also as <c>3.79882274e+08</c> or in quotes.</summary>
    public static long? Integer(JsonElement value)
    {
        var text = Text(value);
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer))
        {
            return integer;
        }

        // Beyond 2^53 a double does not tell one whole number from the next.
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsInteger(number) && Math.Abs(number) <= 1L << 53
            ? (long)number
            : null;
    }

    public static bool? Boolean(JsonElement value) => Text(value) switch
    {
        "true" => true,
        "false" => false,
        _ => null,
    };

    public static Uuid? Uuid(JsonElement value) =>
        Domain.Images.Uuid.TryParse(Text(value), out var uuid) ? uuid : null;

    /// <summary>The manifest form verbatim, or another ISO form converted to it.</summary>
    public static Timestamp? Timestamp(JsonElement value)
    {
        var text = Text(value);
        if (Domain.Images.Timestamp.TryReadForeign(text, out var timestamp))
        {
            return timestamp;
        }

        return DateTimeOffset.TryParseExact(
            text, [AnyInstant, InstantWithoutSeconds], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? Domain.Images.Timestamp.From(instant)
            : null;
    }
}
