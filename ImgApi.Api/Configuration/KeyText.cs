using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace ImgApi.Api.Configuration;

/// <summary>How messages name keys of the configuration, and what they say of them.</summary>
internal static partial class KeyText
{
    /// <summary>The name of a property in the file.</summary>
    public static string Name(MemberInfo property) =>
        property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(property.Name);

    /// <summary>What a value must be, for instance "must be true or false".</summary>
    /// <param name="source">The property, or the class of an entry of a list.</param>
    /// <param name="type">The type of the value.</param>
    public static string MustBe(ICustomAttributeProvider source, Type type)
    {
        var words = source.GetCustomAttributes(typeof(MustBeAttribute), inherit: false).Cast<MustBeAttribute>().SingleOrDefault()?.Text;
        return "must be " + (words ?? (type.IsEnum ? Choices(type) : "true or false"));
    }

    /// <summary>Names a value by its path: <c>userdb[1].password</c> is <c>"userdb", entry 2: "password"</c>.</summary>
    public static string Location(string path) =>
        string.Join(": ", path.Split('.').Select(part => Index.Replace($"\"{part}\"", match => $"\", entry {int.Parse(match.Groups[1].ValueSpan) + 1}")));

    /// <summary>A sentence without a full stop about a key that the server does not know, with the one that was meant where one is close.</summary>
    public static string Unknown(string name, IEnumerable<string> known)
    {
        var near = known.FirstOrDefault(key => key.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? known.Where(key => EditDistance.Between(key, name) <= 2).MinBy(key => EditDistance.Between(key, name));
        return $"\"{name}\" is not a known key" + (near is null ? "" : $"; did you mean \"{near}\"?");
    }

    private static string Choices(Type type)
    {
        var words = Enum.GetNames(type).Select(word => $"\"{word.ToLowerInvariant()}\"").ToArray();
        return $"{string.Join(", ", words[..^1])} or {words[^1]}";
    }

    [GeneratedRegex("""\[([0-9]+)\]"$""")]
    private static partial Regex Index { get; }
}
