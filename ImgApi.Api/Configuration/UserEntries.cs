using System.Text.Json;

namespace ImgApi.Api.Configuration;

/// <summary>The value of the key <c>userdb</c>.</summary>
internal static class UserEntries
{
    /// <summary>What the value must be; completes "must be".</summary>
    public const string Expectation = "a list of { \"name\": ..., \"password\": ... }, each name once, not empty and without a colon";

    private static readonly string[] Members = ["name", "password"];

    /// <summary>Reads the value; null if it cannot be used.</summary>
    public static IReadOnlyList<UserEntry>? Read(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array && !Problems(value).Any()
            ? [.. value.EnumerateArray().Select(entry => new UserEntry(Member(entry, "name")!, Member(entry, "password")!))]
            : null;

    /// <summary>What is wrong with which entry; nothing where the value is not even a list.</summary>
    public static IEnumerable<string> Problems(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            yield break;
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, entry) in value.EnumerateArray().Index())
        {
            foreach (var problem in Problems(entry, names))
            {
                yield return $"\"userdb\", entry {index + 1}: {problem}";
            }
        }
    }

    private static IEnumerable<string> Problems(JsonElement entry, HashSet<string> names)
    {
        if (entry.ValueKind != JsonValueKind.Object)
        {
            return ["it must be { \"name\": ..., \"password\": ... }"];
        }

        var unknown = entry.EnumerateObject().Where(member => !Members.Contains(member.Name)).Select(member => KnownKeys.Unknown(member.Name, Members));
        var twice = entry.EnumerateObject().CountBy(member => member.Name).Where(member => member.Value > 1).Select(member => $"\"{member.Key}\" is given twice");
        var missing = Members.Where(member => Member(entry, member) is null).Select(member => $"\"{member}\" must be a string that is not empty");
        var name = Member(entry, "name");
        return
        [
            .. unknown, .. twice, .. missing,
            .. name?.Contains(':', StringComparison.Ordinal) == true ? (string[])[$"the name \"{name}\" must not contain a colon"] : [],
            .. name is not null && !names.Add(name) ? (string[])[$"the name \"{name}\" is given twice"] : [],
        ];
    }

    private static string? Member(JsonElement entry, string name) =>
        entry.TryGetProperty(name, out var value) ? ConfigurationKeys.Text(value) : null;
}
