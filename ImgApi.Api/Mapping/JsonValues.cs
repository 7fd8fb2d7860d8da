using System.Globalization;
using System.Text.Json;
using ImgApi.Domain.Images;

namespace ImgApi.Api.Mapping;

/// <summary>
/// What a JSON value means where a manifest has a typed field, with the slack that the contract grants: booleans and
/// numbers may be strings (3.3, 3.5). Null where the value means nothing of the kind.
/// </summary>
internal static class JsonValues
{
    /// <summary>Whether a value was given at all; JSON null counts as not given.</summary>
    public static bool IsGiven(JsonElement value) => value.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    /// <summary>A non-empty string.</summary>
    public static string? Text(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    /// <summary><c>true</c>, <c>false</c>, or one of them as a string.</summary>
    public static bool? Boolean(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => value.GetString() switch
        {
            "true" => true,
            "false" => false,
            _ => null,
        },
        _ => null,
    };

    /// <summary>A number without fraction, or the text of one.</summary>
    public static long? WholeNumber(JsonElement value)
    {
        var text = value.ValueKind switch
        {
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.String => value.GetString(),
            _ => null,
        };
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && decimal.Truncate(number) == number && number is >= long.MinValue and <= long.MaxValue
            ? (long)number
            : null;
    }

    /// <summary>A UUID in its strict form.</summary>
    public static Uuid? Uuid(JsonElement value) => Domain.Images.Uuid.TryParse(Text(value), out var uuid) ? uuid : null;

    /// <summary>A date, also as other image servers write it.</summary>
    public static Timestamp? Timestamp(JsonElement value) =>
        Domain.Images.Timestamp.TryReadForeign(Text(value), out var timestamp) ? timestamp : null;

    /// <summary>The UUIDs of an array; empty for any other value.</summary>
    public static IReadOnlyList<Uuid> Uuids(JsonElement value) =>
        [.. Items(value).Select(Uuid).OfType<Uuid>()];

    /// <summary>The strings of an array; empty for any other value.</summary>
    public static IReadOnlyList<string> Texts(JsonElement value) =>
        [.. Items(value).Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)];

    private static JsonElement.ArrayEnumerator Items(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : default;
}
