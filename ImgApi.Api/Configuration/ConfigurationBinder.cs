using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ImgApi.Infrastructure.Posix;

namespace ImgApi.Api.Configuration;

/// <summary>Binds JSON to options records, one key at a time, so that all problems are found at once.</summary>
/// <param name="folder">The folder from which relative paths of <c>...File</c> keys count.</param>
internal sealed class ConfigurationBinder(string folder)
{
    /// <summary>Ends the name of a key whose value is the path of a file that holds the value of the key without it.</summary>
    public const string FileSuffix = "File";

    /// <summary>The problems so far: the path of the value, and a sentence without a full stop. Unknown keys have no path.</summary>
    public List<(string Path, string Text)> Problems { get; } = [];

    /// <summary>The configuration, as far as it can be read, and the value of each key in it.</summary>
    /// <param name="file">What the configuration file holds: an object.</param>
    /// <param name="variables">Environment variables; their values override the file's.</param>
    public (ServerConfiguration Configuration, IReadOnlyDictionary<string, JsonElement> Values) Bind(JsonElement file, ConfigurationVariables variables)
    {
        var type = ConfigurationJson.Of(typeof(ServerConfiguration));
        var values = Values(type, file, "");
        foreach (var key in ConfigurationJson.Keys(type))
        {
            var value = variables.Find(key.Name) is { } text ? ConfigurationJson.FromText(key, text)
                : variables.Find(key.Name + FileSuffix) is { } path ? FromFile(key, path, key.Name)
                : null;
            if (value is { } given)
            {
                values[key.Name] = given;
            }
        }

        return ((ServerConfiguration)Make(type, values, ""), values);
    }

    private static string Below(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private Dictionary<string, JsonElement> Values(JsonTypeInfo type, JsonElement json, string path)
    {
        var values = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        var keys = ConfigurationJson.Keys(type).ToDictionary(key => key.Name, StringComparer.Ordinal);
        var prefix = path.Length == 0 ? "" : KeyText.Location(path) + ": ";
        foreach (var member in json.EnumerateObject())
        {
            var isFile = !keys.ContainsKey(member.Name) && member.Name.EndsWith(FileSuffix, StringComparison.Ordinal);
            if (!keys.TryGetValue(isFile ? member.Name[..^FileSuffix.Length] : member.Name, out var key))
            {
                Problems.Add(("", prefix + KeyText.Unknown(member.Name, keys.Keys)));
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

    private object Make(JsonTypeInfo type, Dictionary<string, JsonElement> values, string path)
    {
        var target = type.CreateObject!();
        foreach (var key in ConfigurationJson.Keys(type).Where(key => values.ContainsKey(key.Name)))
        {
            if (Value(ConfigurationJson.Of(key.PropertyType), key.AttributeProvider!, values[key.Name], Below(path, key.Name)) is { } value)
            {
                key.Set!(target, value);
            }
        }

        return target;
    }

    private object? Value(JsonTypeInfo type, ICustomAttributeProvider key, JsonElement json, string path)
    {
        var value = (type.Kind, json.ValueKind) switch
        {
            (JsonTypeInfoKind.Object, JsonValueKind.Object) => Make(type, Values(type, json, path), path),
            (JsonTypeInfoKind.Enumerable, JsonValueKind.Array) when ConfigurationJson.Of(type.ElementType!) is { Kind: JsonTypeInfoKind.Object } entry =>
                Entries(entry, json, path),
            _ => ConfigurationJson.Read(type.Type, json),
        };
        if (value is null)
        {
            Problems.Add((path, $"{KeyText.Location(path)} {KeyText.MustBe(key, type.Type)}"));
        }

        return value;
    }

    private Array Entries(JsonTypeInfo type, JsonElement json, string path)
    {
        var entries = Array.CreateInstance(type.Type, json.GetArrayLength());
        foreach (var (index, entry) in json.EnumerateArray().Index())
        {
            entries.SetValue(Value(type, type.Type, entry, $"{path}[{index}]") ?? type.CreateObject!(), index);
        }

        return entries;
    }

    private JsonElement? FromFile(JsonPropertyInfo key, JsonElement file, string path)
    {
        if (file.ValueKind == JsonValueKind.String)
        {
            return FromFile(key, file.GetString()!, path);
        }

        Problems.Add((path, $"{KeyText.Location(path + FileSuffix)} must be the path of a file"));
        return null;
    }

    /// <summary>What a file holds, without the line break at its end; null if it cannot be read.</summary>
    private JsonElement? FromFile(JsonPropertyInfo key, string file, string path)
    {
        try
        {
            return ConfigurationJson.FromText(key, File.ReadAllText(Path.GetFullPath(file, folder)).TrimEnd('\r', '\n'));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            var reason = fault is ArgumentException ? "its path is not valid" : FileFault.Describe(fault);
            Problems.Add((path, $"{KeyText.Location(path + FileSuffix)} names a file that cannot be read: {reason}"));
            return null;
        }
    }
}
