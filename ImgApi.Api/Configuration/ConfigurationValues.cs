using System.Net;

namespace ImgApi.Api.Configuration;

/// <summary>
/// Reads single values. Metadata that System.Text.Json creates by reflection would do the same, and add a tenth of a second to every start.
/// </summary>
internal static class ConfigurationValues
{
    private static readonly Dictionary<Type, Func<JsonElement, object?>> Readers = new()
    {
        [typeof(string)] = Text,
        [typeof(bool)] = json => json.ValueKind is JsonValueKind.True or JsonValueKind.False ? json.GetBoolean() : null,
        [typeof(int)] = json => json.ValueKind == JsonValueKind.Number && json.TryGetInt32(out var number) ? number : null,
        [typeof(long)] = json => json.ValueKind == JsonValueKind.Number && json.TryGetInt64(out var number) ? number : null,
        [typeof(double)] = json => json.ValueKind == JsonValueKind.Number && json.TryGetDouble(out var number) ? number : null,
        [typeof(Uuid)] = json => Uuid.TryParse(Text(json), out var uuid) ? uuid : null,
        [typeof(Uri)] = json => WebUrl.TryParse(Text(json), out var url) ? url : null,
        [typeof(IPAddress)] = json => IPAddress.TryParse(Text(json), out var address) ? address : null,
        [typeof(IReadOnlyList<string>)] = json => List<string>(json, Text),
        [typeof(IReadOnlyDictionary<string, IReadOnlyList<string>>)] = json => Map<IReadOnlyList<string>>(json, value => List<string>(value, Text)),
        [typeof(IReadOnlyDictionary<string, Role>)] = json => Map<Role>(json, value => Word(typeof(Role), Text(value))),
        [typeof(IReadOnlyDictionary<string, ImageSource>)] = json => Map<ImageSource>(json, Source),
        [typeof(AuthenticationKind)] = Authentication,
        [typeof(CorsOrigins)] = CorsOrigins.Read,
        [typeof(TrustedProxies)] = TrustedProxies.Read,
        [typeof(LogLevel)] = json => json.ValueKind == JsonValueKind.Number && json.TryGetInt32(out var number)
            ? LogLevelWords.Find(number)
            : LogLevelWords.Find(Text(json)),
    };

    /// <summary>
    /// The function that reads values of a type, and returns null for all other values; null for records and lists of records, whose
    /// members are read one by one.
    /// </summary>
    public static Func<JsonElement, object?>? Reader(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return Readers.TryGetValue(plain, out var reader) ? reader : plain.IsEnum ? json => Word(plain, Text(json)) : null;
    }

    /// <summary>A string; null for other JSON.</summary>
    /// <exception cref="InvalidOperationException">The string contains half of a surrogate pair.</exception>
    public static string? Text(JsonElement json) => json.ValueKind == JsonValueKind.String ? json.GetString() : null;

    /// <summary>A list whose items can all be read.</summary>
    public static T[]? List<T>(JsonElement json, Func<JsonElement, object?> read)
    {
        var items = json.ValueKind == JsonValueKind.Array ? json.EnumerateArray().Select(read).ToArray() : [null];
        return items.Contains(null) ? null : [.. items.Cast<T>()];
    }

    /// <summary>An object whose values can all be read, with unique names that are not empty.</summary>
    private static Dictionary<string, T>? Map<T>(JsonElement json, Func<JsonElement, object?> read)
    {
        var values = new Dictionary<string, T>(StringComparer.Ordinal);
        return json.ValueKind == JsonValueKind.Object
            && json.EnumerateObject().All(member => member.Name.Length > 0 && read(member.Value) is T value && values.TryAdd(member.Name, value)) ? values : null;
    }

    private static object? Word(Type type, string? text) =>
        Array.FindIndex(Enum.GetNames(type), name => name.Equals(text, StringComparison.OrdinalIgnoreCase)) is >= 0 and var index
            ? Enum.GetValues(type).GetValue(index)
            : null;

    private static object? Source(JsonElement json) => ImageSource.TryParse(Text(json), out var source) ? source : null;

    /// <summary><c>authType</c>: <c>none</c>, or kinds as a list or separated by commas.</summary>
    private static object? Authentication(JsonElement json)
    {
        var words = Text(json) is { } text ? text.Split(',', StringSplitOptions.TrimEntries) : List<string>(json, Text);
        var kinds = words?.Select(word => word.ToLowerInvariant() switch
        {
            "basic" => AuthenticationKind.Basic,
            "signature" => AuthenticationKind.Signature,
            "none" when words.Length == 1 => AuthenticationKind.None,
            _ => (AuthenticationKind?)null,
        }).ToArray();
        return kinds is { Length: > 0 } && kinds.Distinct().Count() == kinds.Length && !kinds.Contains(null)
            ? kinds.Aggregate(AuthenticationKind.None, (all, kind) => all | kind!.Value)
            : null;
    }
}
