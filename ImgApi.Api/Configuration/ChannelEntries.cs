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

    /// <summary>Reads the value; null if it is no good.</summary>
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
        if (value.ValueKind != JsonValueKind.Object || value.EnumerateObject().Any(member => member.Name is not ("name" or "description" or "default")))
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
        entry.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;
}
