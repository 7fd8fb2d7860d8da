using System.Text.Json;
using ImgApi.Domain.Manifests;

namespace ImgApi.Domain.Audit;

/// <summary>A field before and after a change: text as it is, other values as JSON; null if the field was absent.</summary>
public sealed record FieldChange(string? From, string? To)
{
    /// <summary>The name of the change of a request for approval, whose values are texts of <see cref="ApprovalRequest"/>.</summary>
    public const string Approval = "approval";

    // Characters of a value. A manifest may have megabytes.
    private const int MaxValue = 512;

    private const string HiddenValue = "(hidden)";

    /// <summary>The fields that differ, by name; null if none does.</summary>
    public static IReadOnlyDictionary<string, FieldChange>? Between(Image before, Image after)
    {
        var (old, now) = (ManifestCodec.Document(before), ManifestCodec.Document(after));
        var changes = old.Names.Union(now.Names).Where(name => Raw(old[name]) != Raw(now[name]))
            .ToDictionary(name => name, name => new FieldChange(Shown(old[name]), Shown(now[name])));
        if (before.Icon?.Content != after.Icon?.Content)
        {
            changes["icon"] = new FieldChange(before.Icon?.Sha1, after.Icon?.Sha1);
        }

        if (before.Approval != after.Approval)
        {
            changes[Approval] = new FieldChange(before.Approval?.ToString(), after.Approval?.ToString());
        }

        return changes.Count > 0 ? changes : null;
    }

    /// <summary>The fields whose values differ, by name; null if none does.</summary>
    public static IReadOnlyDictionary<string, FieldChange>? Of(params IEnumerable<(string Name, string? From, string? To)> fields)
    {
        var changes = fields.Where(field => field.From != field.To)
            .ToDictionary(field => field.Name, field => new FieldChange(Shortened(field.From), Shortened(field.To)));
        return changes.Count > 0 ? changes : null;
    }

    /// <summary>A field for <see cref="Of"/> whose values may be secret, and so are not shown.</summary>
    public static (string Name, string? From, string? To) Hidden(string name, string? from, string? to) =>
        (name, from is null ? null : HiddenValue, to is null ? null : from is null || from == to ? HiddenValue : "(changed)");

    private static string? Raw(JsonElement value) => value.ValueKind == JsonValueKind.Undefined ? null : value.GetRawText();

    private static string? Shown(JsonElement value) =>
        Shortened(value.ValueKind == JsonValueKind.String ? value.GetString() : Raw(value));

    private static string? Shortened(string? text) => text is null ? null : VisibleText.Shorten(text, MaxValue);
}
