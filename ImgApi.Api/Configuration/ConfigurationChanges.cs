using ImgApi.Domain.Audit;

namespace ImgApi.Api.Configuration;

/// <summary>What differs between two configurations.</summary>
internal static class ConfigurationChanges
{
    // Numbers, booleans, words and roles. Other values may be secret, or be URLs with a password.
    private static readonly HashSet<string> Shown =
    [
        .. from key in ConfigurationKey.Of(typeof(ServerConfiguration))
           let type = key.Property.PropertyType
           where type.IsValueType || type == typeof(IReadOnlyDictionary<string, Role>)
           select key.Name,
    ];

    /// <summary>The names of the keys whose values differ.</summary>
    public static IEnumerable<string> Keys(ConfigurationSource before, ConfigurationSource after) =>
        before.Values.Keys.Union(after.Values.Keys).Where(key =>
            !(before.Values.TryGetValue(key, out var one) && after.Values.TryGetValue(key, out var other) && JsonElement.DeepEquals(one, other)));

    /// <summary>The changed keys for the audit, without values that may be secret; null if there are none.</summary>
    public static IReadOnlyDictionary<string, FieldChange>? Between(ConfigurationSource before, ConfigurationSource after) => FieldChange.Of(
        from key in Keys(before, after)
        let values = (From: Text(before, key), To: Text(after, key))
        select Shown.Contains(key) ? (key, values.From, values.To) : FieldChange.Hidden(key, values.From, values.To));

    private static string? Text(ConfigurationSource source, string key) => source.Values.TryGetValue(key, out var value) ? value.ToString() : null;
}
