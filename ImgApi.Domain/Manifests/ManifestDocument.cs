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

    /// <summary>Options to parse a stored manifest.</summary>
    public static JsonDocumentOptions Format { get; } = new() { MaxDepth = MaxDepth };

    /// <summary>The members.</summary>
    public IEnumerable<KeyValuePair<string, JsonElement>> Members => Names.Select(name => KeyValuePair.Create(name, this[name]));

    /// <summary>The members' names.</summary>
    public IEnumerable<string> Names => _names.Take(_places.Count).Where(Contains);

    /// <summary>The members with values that are unusable, at least in part.</summary>
    public IReadOnlyCollection<string> Unused => _unused ?? (IReadOnlyCollection<string>)[];

    /// <summary>The value of a member; undefined if there is none. Setting an undefined value removes the member.</summary>
    public JsonElement this[string name]
    {
        get => _places.TryGetValue(name, out var place) ? _values[place] : default;
        set
        {
            if (!_places.TryGetValue(name, out var place))
            {
                if (value.ValueKind == JsonValueKind.Undefined)
                {
                    return;
                }

                place = Add(name);
            }

            _values[place] = value;
        }
    }

    /// <summary>Whether the member exists, even with the value null.</summary>
    public bool Contains(string name) => this[name].ValueKind != JsonValueKind.Undefined;

    /// <summary>Whether the member has a value other than null.</summary>
    public bool Has(string name) => this[name].IsGiven();

    /// <summary>Whether the image has this type.</summary>
    public bool IsOfType(string type) => this["type"] is { ValueKind: JsonValueKind.String } given && given.ValueEquals(type);

    /// <summary>Sets a member to the JSON form of a value.</summary>
    public void Set<T>(string name, T value) => this[name] = JsonSerializer.SerializeToElement(value);

    /// <summary>Removes members.</summary>
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

    /// <summary>Reads a member leniently. A value that is unusable, at least in part, is added to <see cref="Unused"/>.</summary>
    /// <returns>The value, with the type of <paramref name="kind"/>; null if there is no usable value.</returns>
    public object? Read(string name, FieldKind kind)
    {
        var value = this[name];
        if (!value.IsGiven())
        {
            return null;
        }

        var read = kind.Read(value, out var isComplete);
        if (!isComplete)
        {
            MarkUnused(name);
        }

        return read;
    }

    /// <summary>Adds to <see cref="Unused"/>.</summary>
    public void MarkUnused(string name) => (_unused ??= []).Add(name);

    private int Add(string name)
    {
        var place = _places.Count;
        if (place == _names.Length)
        {
            Array.Resize(ref _names, 2 * place);
            Array.Resize(ref _values, 2 * place);
        }

        _places.Add(name, place);
        _names[place] = name;
        return place;
    }
}
