using System.Text.Json;
using ImgApi.Domain.Channels;

namespace ImgApi.Api.Configuration;

/// <summary>The value of the key <c>channels</c> (contract 8.1).</summary>
internal static class ChannelEntries
{
    /// <summary>What the value must be; completes "must be".</summary>
    public const string Expectation =
        "a list, not empty, of { \"name\": ..., \"description\": ..., \"default\": true or false }, each name once, in lower case and "
        + "beginning with a letter, and at most one of them the default";

    private static readonly string[] Members = ["name", "description", "default"];

    /// <summary>Keys of entries that are not known.</summary>
    public static IEnumerable<string> Problems(JsonElement value) => value.ValueKind != JsonValueKind.Array
        ? []
        : value.EnumerateArray().Index().SelectMany(entry => KnownKeys.UnknownMembers($"\"channels\", entry {entry.Index + 1}", entry.Item, Members));

    /// <summary>Reads the value; null if it cannot be used.</summary>
    public static ChannelSet? Read(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() == 0)
        {
            return null;
        }

        var entries = value.EnumerateArray().Select(Entry).ToArray();
        var channels = entries.Select(entry => entry?.Channel).OfType<Channel>().ToArray();
        var defaults = entries.Where(entry => entry?.IsDefault == true).ToArray();
        return channels.Length == entries.Length && channels.DistinctBy(channel => channel.Name).Count() == channels.Length && defaults.Length < 2
            ? new ChannelSet(channels, defaults.FirstOrDefault()?.Channel)
            : null;
    }

    private static (Channel Channel, bool IsDefault)? Entry(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object || value.EnumerateObject().Any(member => !Members.Contains(member.Name)))
        {
            return null;
        }

        var isDefault = value.TryGetProperty("default", out var given) ? given.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => (bool?)null,
        } : false;
        return isDefault is { } known && Text(value, "name") is { } name && Channel.IsName(name) && Text(value, "description") is { } description
            ? (new Channel(name, description), known)
            : null;
    }

    private static string? Text(JsonElement entry, string member) =>
        entry.TryGetProperty(member, out var value) ? ConfigurationKeys.Text(value) : null;
}
