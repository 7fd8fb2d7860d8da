using System.Reflection;
using ImgApi.Infrastructure.Posix;

namespace ImgApi.Api.Configuration;

/// <summary>
/// Binds JSON to the configuration records. It collects all problems; the binder of System.Text.Json stops at the first one.
/// </summary>
/// <param name="folder">The folder that relative paths of <c>...File</c> keys start from.</param>
internal sealed class ConfigurationBinder(string folder)
{
    /// <summary>The suffix of keys that name a file with the value of the key without the suffix.</summary>
    public const string FileSuffix = "File";

    /// <summary>The problems so far: the path of the value, and a sentence without a full stop. Unknown keys have no path.</summary>
    public List<(string Path, string Text)> Problems { get; } = [];

    /// <summary>Binds all values that can be read.</summary>
    /// <param name="file">The object in the configuration file.</param>
    /// <param name="variables">Environment variables; their values override the file's.</param>
    /// <returns>The configuration, and the value of each key that the file or a variable sets.</returns>
    public (ServerConfiguration Configuration, IReadOnlyDictionary<string, JsonElement> Values) Bind(JsonElement file, ConfigurationVariables variables)
    {
        var type = typeof(ServerConfiguration);
        var values = Values(type, file, "");
        foreach (var key in ConfigurationKey.Of(type))
        {
            var value = variables.Find(key.Name) is { } text ? FromText(key, text)
                : variables.Find(key.Name + FileSuffix) is { } path ? FromFile(key, path, key.Name)
                : null;
            if (value is { } given)
            {
                values[key.Name] = given;
            }
        }

        return ((ServerConfiguration)Create(type, values, ""), values);
    }

    private static string Below(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    /// <summary>Text of a file or variable. It is the value itself if the key can have it, and otherwise the value's JSON.</summary>
    private static JsonElement FromText(ConfigurationKey key, string text)
    {
        var plain = JsonSerializer.SerializeToElement(text);
        try
        {
            return ConfigurationValues.Reader(key.Property.PropertyType)?.Invoke(plain) is null ? JsonElement.Parse(text) : plain;
        }
        catch (JsonException)
        {
            return plain;
        }
    }

    private Dictionary<string, JsonElement> Values(Type type, JsonElement json, string path)
    {
        var values = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        var keys = ConfigurationKey.Of(type).ToDictionary(key => key.Name, StringComparer.Ordinal);
        var prefix = path.Length == 0 ? "" : ConfigurationKey.Location(path) + ": ";
        foreach (var member in json.EnumerateObject())
        {
            var isFile = !keys.ContainsKey(member.Name) && member.Name.EndsWith(FileSuffix, StringComparison.Ordinal);
            if (!keys.TryGetValue(isFile ? member.Name[..^FileSuffix.Length] : member.Name, out var key))
            {
                Problems.Add(("", prefix + ConfigurationKey.Unknown(member.Name, keys.Keys)));
            }
            else if (values.ContainsKey(key.Name))
            {
                Problems.Add(("", $"{prefix}duplicate key \"{key.Name}\""));
            }
            else if ((isFile ? FromFile(key, member.Value, Below(path, key.Name)) : member.Value) is { } value)
            {
                values[key.Name] = value;
            }
        }

        return values;
    }

    private object Create(Type type, Dictionary<string, JsonElement> values, string path)
    {
        var target = Activator.CreateInstance(type, nonPublic: true)!;
        foreach (var key in ConfigurationKey.Of(type).Where(key => values.ContainsKey(key.Name)))
        {
            if (Value(key.Property.PropertyType, key.Property, values[key.Name], Below(path, key.Name)) is { } value)
            {
                key.Property.SetValue(target, value);
            }
        }

        return target;
    }

    /// <summary>Reads a single value, a list of records or a record.</summary>
    private object? Value(Type type, MemberInfo described, JsonElement json, string path)
    {
        var value = ConfigurationValues.Reader(type) is { } read ? read(json) : (type.IsGenericType, json.ValueKind) switch
        {
            (true, JsonValueKind.Array) => Entries(type.GenericTypeArguments[0], json, path),
            (false, JsonValueKind.Object) => Create(type, Values(type, json, path), path),
            _ => null,
        };
        if (value is null)
        {
            Problems.Add((path, $"{ConfigurationKey.Location(path)} {ConfigurationKey.MustBe(described, type)}"));
        }

        return value;
    }

    private Array Entries(Type type, JsonElement json, string path)
    {
        var entries = Array.CreateInstance(type, json.GetArrayLength());
        foreach (var (index, entry) in json.EnumerateArray().Index())
        {
            entries.SetValue(Value(type, type, entry, $"{path}[{index}]") ?? Activator.CreateInstance(type, nonPublic: true), index);
        }

        return entries;
    }

    private JsonElement? FromFile(ConfigurationKey key, JsonElement file, string path)
    {
        if (file.ValueKind == JsonValueKind.String)
        {
            return FromFile(key, file.GetString()!, path);
        }

        Problems.Add((path, $"{ConfigurationKey.Location(path + FileSuffix)} must be the path of a file"));
        return null;
    }

    /// <summary>The content of a file without the line break at its end; null if the file cannot be read.</summary>
    private JsonElement? FromFile(ConfigurationKey key, string file, string path)
    {
        try
        {
            return FromText(key, File.ReadAllText(Path.GetFullPath(file, folder)).TrimEnd('\r', '\n'));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            var reason = fault is ArgumentException ? "its path is not valid" : FileFault.Describe(fault);
            Problems.Add((path, $"{ConfigurationKey.Location(path + FileSuffix)} names a file that cannot be read: {reason}"));
            return null;
        }
    }
}
