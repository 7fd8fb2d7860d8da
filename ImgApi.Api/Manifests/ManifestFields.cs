using System.Text.Json;
using ImgApi.Api.Contracts;
using ImgApi.Api.Mapping;
using ImgApi.Api.Wire;

namespace ImgApi.Api.Manifests;

/// <summary>The keys of a manifest on their way in, in the order of the body; of a repeated key the last counts.</summary>
internal sealed class ManifestFields
{
    private readonly OrderedDictionary<string, JsonElement> _fields = new(StringComparer.Ordinal);

    private ManifestFields()
    {
    }

    /// <summary>The keys.</summary>
    public IEnumerable<string> Keys => _fields.Keys;

    /// <summary>A value; undefined if the key is absent. Setting an undefined value removes the key.</summary>
    public JsonElement this[string key]
    {
        get => _fields.TryGetValue(key, out var value) ? value : default;
        set
        {
            if (value.ValueKind == JsonValueKind.Undefined)
            {
                _fields.Remove(key);
            }
            else
            {
                _fields[key] = value;
            }
        }
    }

    /// <summary>The keys of a JSON object.</summary>
    public static ManifestFields Of(JsonElement manifest)
    {
        var fields = new ManifestFields();
        foreach (var member in manifest.EnumerateObject())
        {
            fields._fields[member.Name] = member.Value;
        }

        return fields;
    }

    /// <summary>The keys of an image's manifest, those that answers hide included.</summary>
    public static ManifestFields Of(ImageManifest manifest) => Of(JsonSerializer.SerializeToElement(manifest, WireJson.Compact));

    /// <summary>Whether the key is there with a value other than null.</summary>
    public bool Has(string key) => JsonValues.IsGiven(this[key]);

    /// <summary>Sets a key to text.</summary>
    public void Set(string key, string text) => this[key] = JsonSerializer.SerializeToElement(text, WireJson.Compact);

    /// <summary>Sets a key to any value that JSON can hold.</summary>
    public void Set<T>(string key, T value) => this[key] = JsonSerializer.SerializeToElement(value, WireJson.Compact);

    /// <summary>Takes keys away.</summary>
    public void Remove(params IEnumerable<string> keys)
    {
        foreach (var key in keys)
        {
            _fields.Remove(key);
        }
    }

    /// <summary>
    /// Does what the contract allows callers in 3.3 and 3.5: null for "not there", one string for a list of one, the text
    /// of a number and a number for a text.
    /// </summary>
    public void Normalise()
    {
        foreach (var key in (string[])["description", "homepage", "eula", "billing_tags", "tags", "traits", "requirements", "origin"])
        {
            if (this[key].ValueKind == JsonValueKind.Null)
            {
                Remove(key);
            }
        }

        // As a client that reads "1.0" on its command line as JSON sends it: the digits are kept as they came.
        foreach (var key in (string[])["name", "version", "description"])
        {
            if (this[key] is { ValueKind: JsonValueKind.Number } number)
            {
                Set(key, number.GetRawText());
            }
        }

        foreach (var key in (string[])["acl", "billing_tags"])
        {
            if (this[key] is { ValueKind: JsonValueKind.String } single)
            {
                Set<JsonElement[]>(key, [single]);
            }
        }

        if (this["image_size"].ValueKind == JsonValueKind.String && JsonValues.WholeNumber(this["image_size"]) is { } size)
        {
            Set("image_size", size);
        }
    }

    /// <summary>The same as the type that is validated and mapped.</summary>
    public ManifestBody ToBody() => JsonSerializer.SerializeToElement(_fields, WireJson.Compact).Deserialize<ManifestBody>(WireJson.Compact)!;
}
