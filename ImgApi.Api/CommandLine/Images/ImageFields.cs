using System.Globalization;
using ImgApi.Api.CommandLine.Output;

namespace ImgApi.Api.CommandLine.Images;

/// <summary>
/// The fields of a manifest by the names of the command line: <c>size</c>, <c>sha1</c> and <c>compression</c> of its file, <c>published</c> for the
/// day, and otherwise the names of the manifest, such as <c>requirements.min_ram</c>.
/// </summary>
internal static class ImageFields
{
    public const string Size = "size";
    public const string Uuid = "uuid";

    private const int DateLength = 10;
    private const int ShortUuidLength = 8;

    /// <summary>The columns of a list.</summary>
    public static IReadOnlyList<string> Listed { get; } = [Uuid, "name", "version", "os", "type", Size, "published"];

    /// <summary>The value as text; empty if there is none.</summary>
    public static string Text(JsonElement manifest, string field) => field switch
    {
        Size or "sha1" or "compression" => Plain(manifest.Member("files").Items().FirstOrDefault().Member(field)),
        "published" or "pub" => Plain(manifest.Member("published_at")) is { Length: > DateLength } time ? time[..DateLength] : "",
        _ => Plain(field.Split('.').Aggregate(manifest, (value, name) => value.Member(name))),
    };

    /// <summary>The value as a person wants to read it.</summary>
    /// <param name="isLong">Whether UUIDs are shown in full.</param>
    public static string Display(JsonElement manifest, string field, Printer printer, bool isLong) => field switch
    {
        Size => printer.Size(Number(manifest, Size)),
        Uuid or "image_uuid" when !isLong && Text(manifest, field) is { Length: > ShortUuidLength } uuid => uuid[..ShortUuidLength],
        _ => Text(manifest, field),
    };

    /// <summary>Orders numbers by value, and everything else by text.</summary>
    public static int Compare(string left, string right) =>
        long.TryParse(left, NumberStyles.None, CultureInfo.InvariantCulture, out var first)
        && long.TryParse(right, NumberStyles.None, CultureInfo.InvariantCulture, out var second)
            ? first.CompareTo(second)
            : string.CompareOrdinal(left, right);

    public static long? Number(JsonElement manifest, string field) =>
        long.TryParse(Text(manifest, field), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Plain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => "",
        JsonValueKind.Array => string.Join(',', value.EnumerateArray().Select(Plain)),
        JsonValueKind.Object => PlainJson.Text(value),
        _ => value.AsLenientText() ?? "",
    };
}
