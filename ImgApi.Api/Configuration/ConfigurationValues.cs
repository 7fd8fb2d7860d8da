using System.Net;
using System.Text.Json;
using ImgApi.Domain.Remote;

namespace ImgApi.Api.Configuration;

/// <summary>Reads values that the serializer does not know; null for what cannot be read.</summary>
internal static class ConfigurationValues
{
    /// <summary>A string; null for anything else.</summary>
    public static string? Text(JsonElement json) => json.ValueKind == JsonValueKind.String ? json.GetString() : null;

    /// <summary><c>authType</c>: <c>none</c>, or ways in a list or separated by commas.</summary>
    public static object? Authentication(JsonElement json)
    {
        var words = Text(json) is { } text ? text.Split(',', StringSplitOptions.TrimEntries) : Texts(json);
        var kinds = words?.Select(word => word?.ToLowerInvariant() switch
        {
            "basic" => AuthenticationKind.Basic,
            "signature" => AuthenticationKind.Signature,
            "none" when words.Length == 1 => AuthenticationKind.None,
            _ => (AuthenticationKind?)null,
        }).ToArray();
        return kinds is { Length: > 0 } && kinds.Distinct().Count() == kinds.Length && !kinds.Contains(null)
            ? kinds.Aggregate(AuthenticationKind.None, (all, kind) => all | kind!.Value)
            : null;
    }

    /// <summary><c>corsOrigins</c>: a list, or one of them alone.</summary>
    public static object? CorsOrigins(JsonElement json) =>
        (Text(json) is { } text ? [text] : Texts(json))?.Select(Origin).ToArray() is { } origins && !origins.Contains(null) ? new CorsOrigins(origins!) : null;

    /// <summary><c>trustedProxies</c>: a list of addresses and networks.</summary>
    public static object? Proxies(JsonElement json) =>
        Texts(json)?.Select(Network).ToArray() is { } networks && !networks.Contains(null) ? new TrustedProxies([.. networks.OfType<IPNetwork>()]) : null;

    /// <summary><c>logLevel</c>: a word or a number of sdc-imgapi.</summary>
    public static object? Level(JsonElement json) =>
        json.ValueKind == JsonValueKind.Number && json.TryGetInt32(out var number) ? LogLevelWords.Find(number) : LogLevelWords.Find(Text(json));

    private static string?[]? Texts(JsonElement json) => json.ValueKind == JsonValueKind.Array ? [.. json.EnumerateArray().Select(Text)] : null;

    private static string? Origin(string? text) =>
        text == Configuration.CorsOrigins.Any ? text
        : WebUrl.TryParse(text, out var url) && url is { PathAndQuery: "/", UserInfo: "", Fragment: "" } && text[^1] != '/'
            ? url.GetLeftPart(UriPartial.Authority)
            : null;

    private static IPNetwork? Network(string? text) =>
        IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : IPNetwork.TryParse(text, out var network) ? network
        : null;
}
