using System.Text.Json;
using CsCheck;
using ImgApi.Domain.Manifests;

namespace ImgApi.Tests.Unit.Domain.Manifests;

/// <summary>Valid manifests with a random value for every field that their type may have.</summary>
internal static class ManifestInputs
{
    private static readonly Gen<string> Uuids = Gen.Guid.Select(uuid => $"\"{uuid}\"");

    private static readonly Gen<string> Words = Gen.String[Gen.Char.AlphaNumeric, 1, 20].Select(text => $"\"{text}\"");

    // Fields whose rules are stricter than their kind. Any other field gets a random value of its kind.
    private static readonly Dictionary<string, Gen<string>> Special = new()
    {
        ["v"] = Gen.Int[1, 9].Select(number => $"{number}"),
        ["published_at"] = Gen.Int[0, 59].Select(second => $"\"2013-01-02T03:04:{second:00}Z\""),
        ["os"] = Gen.OneOf([.. ImageOs.All]).Select(os => $"\"{os}\""),
        ["homepage"] = Words.Select(word => $"\"http://{word.Trim('"')}/\""),
        ["eula"] = Words.Select(word => $"\"https://{word.Trim('"')}/\""),
        ["requirements"] = Gen.Int[1, 4096].Select(size => $$"""{"min_ram":{{size}}}"""),
        ["users"] = Words.Select(word => $$"""[{"name":{{word}}}]"""),
        ["traits"] = Words.Select(word => $$"""{"trait":{{word}}}"""),
        ["channels"] = Gen.Const("""["dev"]"""),
    };

    /// <summary>The text of a manifest of a zvol or of a zone.</summary>
    public static Gen<string> Manifest { get; } = Gen.OneOf(Of(ImageType.Zvol), Of(ImageType.ZoneDataset));

    /// <summary>Whether both are the same JSON, or both are absent.</summary>
    public static bool AreSame(JsonElement one, JsonElement other) =>
        one.ValueKind == JsonValueKind.Undefined ? one.ValueKind == other.ValueKind : JsonElement.DeepEquals(one, other);

    private static Gen<string> Of(string type)
    {
        var members = ManifestSchema.Fields.Where(field => field.Set is not null && IsFor(field, type)).Select(field => Member(field, type));
        return members.Aggregate(Gen.Const(""), (all, next) => Gen.Select(all, next, (text, member) => text.Length == 0 ? member : $"{text},{member}"))
            .Select(text => $"{{{text}}}");
    }

    private static bool IsFor(ManifestField field, string type) =>
        field.Name == "inherited_directories" ? type == ImageType.ZoneDataset : !field.Has(FieldRules.ZvolOnly) || type == ImageType.Zvol;

    private static Gen<string> Member(ManifestField field, string type) =>
        (field.Name == "type" ? Gen.Const($"\"{type}\"") : Special.GetValueOrDefault(field.Name) ?? ValueOf(field.Kind)).Select(value => $"\"{field.Name}\":{value}");

    private static Gen<string> ValueOf(FieldKind kind) =>
        kind == FieldKind.Boolean ? Gen.Bool.Select(value => value ? "true" : "false")
        : kind == FieldKind.Number || kind == FieldKind.SmallNumber ? Gen.Int[1, 10_000].Select(number => $"{number}")
        : kind == FieldKind.Uuid ? Uuids
        : kind == FieldKind.Uuids ? Uuids.Array[1, 3].Select(items => $"[{string.Join(',', items)}]")
        : kind == FieldKind.Texts ? Words.Array[1, 3].Select(items => $"[{string.Join(',', items)}]")
        : kind == FieldKind.JsonObject ? Words.Select(word => $$"""{"key":{{word}},"number":1.50}""")
        : kind == FieldKind.JsonArray ? Words.Select(word => $"[{word}]")
        : Words;
}
