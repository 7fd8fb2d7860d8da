using System.Reflection;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace ImgApi.Api.Configuration;

/// <summary>A configuration key, and how messages describe it.</summary>
/// <param name="Name">The name in the configuration file.</param>
/// <param name="Property">The property that it sets.</param>
internal sealed partial record ConfigurationKey(string Name, PropertyInfo Property)
{
    /// <summary>The keys of a configuration record: its public properties with a setter, except those with <see cref="JsonIgnoreAttribute"/>.</summary>
    public static IReadOnlyList<ConfigurationKey> Of(Type type) =>
    [
        .. from property in type.GetProperties()
           where property.CanWrite && !property.IsDefined(typeof(JsonIgnoreAttribute))
           select new ConfigurationKey(NameOf(property), property),
    ];

    public static string NameOf(PropertyInfo property) =>
        property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(property.Name);

    /// <summary>The message about a value that a key cannot have, for instance "must be true or false".</summary>
    /// <param name="member">The property, or the record of a list's entries.</param>
    /// <param name="type">The type of the value.</param>
    public static string MustBe(MemberInfo member, Type type) =>
        "must be " + (member.GetCustomAttribute<MustBeAttribute>()?.Text ?? (type.IsEnum ? Choices(type) : "true or false"));

    /// <summary>Names a value by its path: <c>userdb[1].password</c> becomes <c>"userdb", entry 2: "password"</c>.</summary>
    public static string Location(string path) =>
        string.Join(": ", path.Split('.').Select(part => Index.Replace($"\"{part}\"", match => $"\", entry {int.Parse(match.Groups[1].ValueSpan) + 1}")));

    /// <summary>The message about an unknown key, which suggests a known key of similar spelling.</summary>
    public static string Unknown(string name, IEnumerable<string> known)
    {
        var near = known.FirstOrDefault(key => key.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? known.Where(key => EditDistance(key, name) <= 2).MinBy(key => EditDistance(key, name));
        return $"\"{name}\" is not a known key" + (near is null ? "" : $"; did you mean \"{near}\"?");
    }

    private static string Choices(Type type)
    {
        var words = Enum.GetNames(type).Select(word => $"\"{word.ToLowerInvariant()}\"").ToArray();
        return $"{string.Join(", ", words[..^1])} or {words[^1]}";
    }

    /// <summary>The number of insertions, deletions and replacements of characters (Levenshtein distance).</summary>
    private static int EditDistance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var replaced = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }

    [GeneratedRegex("""\[([0-9]+)\]"$""")]
    private static partial Regex Index { get; }
}

/// <summary>Describes the valid values of a key. The text completes the message "must be". Booleans and enumerations do not need it.</summary>
/// <param name="text">For instance "a number from 0 to 65535".</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Class)]
internal sealed class MustBeAttribute(string text) : Attribute
{
    public string Text { get; } = text;
}
