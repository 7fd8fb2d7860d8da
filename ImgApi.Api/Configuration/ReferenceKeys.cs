using System.Text.Json;
using ImgApi.Api.Storage;
using Key = ImgApi.Api.Configuration.ConfigurationKeys.Key;

namespace ImgApi.Api.Configuration;

/// <summary>
/// Keys that configurations of sdc-imgapi have. Apart from the log level they choose between parts of which this server has
/// one: the value that names it is taken, any other would be a promise that is not kept.
/// </summary>
internal static class ReferenceKeys
{
    /// <summary>Every such key by its name.</summary>
    public static IReadOnlyDictionary<string, Key> All { get; } = new Dictionary<string, Key>
    {
        ["logLevel"] = new("\"trace\", \"debug\", \"info\", \"warn\", \"error\", \"fatal\", or 10 to 60 in tens", (to, value) =>
            Level(value) is { } level ? to with { LogLevel = level } : null),
        ["databaseType"] = new("\"local\": this server keeps manifests in files", (to, value) => IsLocal(value) ? to : null),
        ["storageTypes"] = new("[\"local\"]: this server keeps images on its own disk", (to, value) =>
            value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 1 && IsLocal(value[0]) ? to : null),
        ["allowLocalCreateImageFromVm"] = new("false: images of machines need a datacenter around the server", (to, value) =>
            value.ValueKind == JsonValueKind.False ? to : null),
        ["placeholderImageLifespanDays"] = new("a number of days; it has no effect, since nothing here makes placeholders", (to, value) =>
            value.ValueKind == JsonValueKind.Number ? to : null),
    };

    private static LogLevel? Level(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => LogLevelWords.Find(value.GetString()),
        JsonValueKind.Number when value.TryGetInt32(out var number) => LogLevelWords.Find(number),
        _ => null,
    };

    private static bool IsLocal(JsonElement value) => value.ValueKind == JsonValueKind.String && value.ValueEquals(StorageTypes.Local);
}
