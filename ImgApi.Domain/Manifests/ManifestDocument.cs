using System.Text.Json;

namespace ImgApi.Domain.Manifests;

/// <summary>A manifest as a JSON object with ordered members. The last of duplicate members counts.</summary>
public sealed class ManifestDocument
{
    /// <summary>Maximum nesting depth of a stored manifest.</summary>
    public const int MaxDepth = 512;

    private const int InitialCapacity = 32;

    // An OrderedDictionary<string, JsonElement> would be compiled at its first use, which slows down a start with many images.
    private readonly Dictionary<string, int> _places = new(InitialCapacity);
    private string[] _names = new string[InitialCapacity];
    private JsonElement[] _values = new JsonElement[InitialCapacity];
    private HashSet<string>? _unused;

    /// <param name="manifest">A JSON object, which must live as long as the document.</param>
    public ManifestDocument(JsonElement manifest)
    {
        foreach (var member in manifest.EnumerateObject())
        {
            this[member.Name] = member.Value;
        }
    }

    public static JsonDocumentOptions Format { get; } = new() { MaxDepth = MaxDepth };

    public IEnumerable<KeyValuePair<string, JsonElement>> Members => Names.Select(name => KeyValuePair.Create(name, this[name]));

    public IEnumerable<string> Names => _names.Take(_places.Count).Where(Contains);

    /// <summary>The members with values that are unusable, at least in part.</summary>
    public IReadOnlyCollection<string> Unused => _unused ?? (IReadOnlyCollection<string>)[];

    /// <summary>The value of a member; undefined if there is none. Setting an undefined value removes the member.</summary>
    public JsonElement this[string name]
    {
        get => _places.TryGetValue(name, out var place) ? _values[place] : default;
        set
        {
            if (_places.TryGetValue(name, out var place))
            {
                _values[place] = value;
            }
            else if (value.ValueKind != JsonValueKind.Undefined)
            {
                Add(name, value);
            }
        }
    }

    /// <summary>Whether the member exists, even with the value null.</summary>
    public bool Contains(string name) => this[name].ValueKind != JsonValueKind.Undefined;

    /// <summary>Whether the member has a value other than null.</summary>
    public bool Has(string name) => this[name].IsGiven();

    public bool IsOfType(string type) => this["type"] is { ValueKind: JsonValueKind.String } given && given.ValueEquals(type);

    /// <summary>Sets a member to the JSON form of a value.</summary>
    public void Set<T>(string name, T value) => this[name] = JsonSerializer.SerializeToElement(value);

    public void Remove(params IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            this[name] = default;
        }
    }

    /// <summary>Removes members with an empty string, which means that there is no value (contract 3.2).</summary>
    public void RemoveEmptyTexts() =>
        Remove(Names.Where(name => this[name] is { ValueKind: JsonValueKind.String } value && value.ValueEquals("")));

    /// <summary>Reads a member leniently; null if no value is usable. Adds a value that is not entirely valid to <see cref="Unused"/>.</summary>
    public object? Read(string name, FieldKind kind)
    {
        if (!Has(name))
        {
            return null;
        }

        var (read, isComplete) = kind.Read(this[name]);
        if (!isComplete)
        {
            MarkUnused(name);
        }

        return read;
    }

    public void MarkUnused(string name) => (_unused ??= []).Add(name);

    private void Add(string name, JsonElement value)
    {
        var place = _places.Count;
        if (place == _names.Length)
        {
            Array.Resize(ref _names, 2 * place);
            Array.Resize(ref _values, 2 * place);
        }

        _places.Add(name, place);
        _names[place] = name;
        _values[place] = value;
    }
}
