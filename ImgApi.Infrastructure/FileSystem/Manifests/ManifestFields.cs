using System.Text.Json;
using ImgApi.Domain.Images;

namespace ImgApi.Infrastructure.FileSystem.Manifests;

/// <summary>The top level of a manifest, read tolerantly. Remembers the keys whose values could not be used, or not wholly.</summary>
internal sealed class ManifestFields
{
    // Looked up by some thirty keys: a scan of the whole object for each would be most of the work of a start.
    private readonly Dictionary<string, JsonElement> _values = new(32, StringComparer.Ordinal);
    private HashSet<string>? _unused;

    public ManifestFields(JsonElement manifest)
    {
        foreach (var member in manifest.EnumerateObject())
        {
            _values[member.Name] = member.Value;
        }
    }

    public IReadOnlyCollection<string> Unused => _unused ?? (IReadOnlyCollection<string>)[];

    /// <summary>Every key of the manifest with its value; of a repeated key the last one.</summary>
    public IEnumerable<KeyValuePair<string, JsonElement>> All => _values;

    public JsonElement? Value(string key) => _values.TryGetValue(key, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public void MarkUnused(string key) => (_unused ??= []).Add(key);

    public string? Text(string key) => Value(key) is { } value ? Checked(key, Tolerant.Text(value)) : null;

    public long? Integer(string key) => Value(key) is { } value ? Checked(key, Tolerant.Integer(value)) : null;

    public bool? Boolean(string key) => Value(key) is { } value ? Checked(key, Tolerant.Boolean(value)) : null;

    public Uuid? Uuid(string key) => Value(key) is { } value ? Checked(key, Tolerant.Uuid(value)) : null;

    public Timestamp? Timestamp(string key) => Value(key) is { } value ? Checked(key, Tolerant.Timestamp(value)) : null;

    /// <summary>A copy that does not keep the whole manifest in memory.</summary>
    public JsonElement? Json(string key, JsonValueKind kind) =>
        Value(key) is { } value ? Checked<JsonElement>(key, value.ValueKind == kind ? value.Clone() : null) : null;

    /// <summary>The usable items of an array; a bare value counts as an array of one.</summary>
    public IReadOnlyList<string>? Texts(string key)
    {
        if (Value(key) is not { } value)
        {
            return null;
        }

        IEnumerable<JsonElement> items = value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [value];
        var texts = items.Select(Tolerant.Text).ToArray();
        if (texts.Contains(null))
        {
            MarkUnused(key);
        }

        return value.ValueKind == JsonValueKind.Object ? null : [.. texts.OfType<string>()];
    }

    /// <summary>The UUIDs of an array.</summary>
    public IReadOnlyList<Uuid> Uuids(string key)
    {
        var uuids = new List<Uuid>();
        foreach (var text in Texts(key) ?? [])
        {
            if (Domain.Images.Uuid.TryParse(text, out var uuid))
            {
                uuids.Add(uuid);
            }
            else
            {
                MarkUnused(key);
            }
        }

        return uuids;
    }

    private T? Checked<T>(string key, T? value)
        where T : struct
    {
        if (value is null)
        {
            MarkUnused(key);
        }

        return value;
    }

    private T? Checked<T>(string key, T? value, T? none = null)
        where T : class
    {
        if (value is null)
        {
            MarkUnused(key);
        }

        return value ?? none;
    }
}
