using System.Globalization;
using System.Text.Json;

namespace ImgApi.Domain.Manifests;

/// <summary>
/// Converts JSON values. The result is null for an unusable value. Booleans and numbers may be strings (contract 3.3, 3.5). The lenient
/// methods are for stored manifests of other programs: they accept more than callers may send.
/// </summary>
public static class JsonReading
{
    private const string AnyInstant = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK";
    private const string InstantWithoutSeconds = "yyyy-MM-dd'T'HH:mmK";

    public static bool IsGiven(this JsonElement value) => value.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    /// <summary>The value of a member; undefined if <paramref name="parent"/> is not an object or has no such member.</summary>
    public static JsonElement Member(this JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) ? value : default;

    /// <summary>A non-empty string.</summary>
    public static string? AsText(this JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    /// <summary>A string, or the text of a number or a boolean.</summary>
    public static string? AsLenientText(this JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => null,
    };

    public static bool? AsBoolean(this JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String when value.ValueEquals("true") => true,
        JsonValueKind.String when value.ValueEquals("false") => false,
        _ => null,
    };

    /// <summary>A whole number, also in the form <c>3.79882274e+08</c>, or the text of one.</summary>
    public static long? AsWholeNumber(this JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var integer))
        {
            return integer;
        }

        var text = value.ValueKind is JsonValueKind.Number or JsonValueKind.String ? AsLenientText(value) : null;
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && decimal.Truncate(number) == number && number is >= long.MinValue and <= long.MaxValue
            ? (long)number
            : null;
    }

    public static Uuid? AsUuid(this JsonElement value) => Uuid.TryParse(AsText(value), out var uuid) ? uuid : null;

    /// <summary>A time, also in RFC 3339 format as other image servers write it.</summary>
    public static Timestamp? AsTimestamp(this JsonElement value) => Timestamp.TryReadForeign(AsText(value), out var timestamp) ? timestamp : null;

    /// <summary>A time, also in other ISO 8601 formats, which are converted.</summary>
    public static Timestamp? AsLenientTimestamp(this JsonElement value) => AsTimestamp(value) ?? (DateTimeOffset.TryParseExact(
        AsText(value), [AnyInstant, InstantWithoutSeconds], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? Timestamp.From(instant)
            : null);

    /// <summary>The items of an array; nothing for any other value.</summary>
    public static JsonElement.ArrayEnumerator Items(this JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : default;
}
