using System.Text.Json;

namespace ImgApi.Api.Configuration;

/// <summary>What to say of keys that the server does not know.</summary>
internal static class KnownKeys
{
    /// <summary>A sentence without a full stop, with the key that was meant where one is close.</summary>
    public static string Unknown(string name, IEnumerable<string> known)
    {
        var near = known.FirstOrDefault(key => key.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? known.Where(key => EditDistance.Between(key, name) <= 2).MinBy(key => EditDistance.Between(key, name));
        return $"\"{name}\" is not a known key" + (near is null ? "" : $"; did you mean \"{near}\"?");
    }

    /// <summary>The same for each unknown member of an object.</summary>
    /// <param name="where">Names the object.</param>
    /// <param name="value">The object; of any other value there is nothing to say.</param>
    /// <param name="known">The keys that it may have.</param>
    public static IEnumerable<string> UnknownMembers(string where, JsonElement value, IReadOnlyCollection<string> known) =>
        value.ValueKind != JsonValueKind.Object
            ? []
            : value.EnumerateObject().Where(member => !known.Contains(member.Name)).Select(member => $"{where}: {Unknown(member.Name, known)}");
}
