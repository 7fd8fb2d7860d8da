using System.Net;
using System.Text.Json;
using ImgApi.Domain.Images;
using ImgApi.Domain.Remote;

namespace ImgApi.Api.Configuration;

/// <summary>The keys of the configuration file: what each must hold, and where it goes. A new key is one more entry.</summary>
internal static class ConfigurationKeys
{
    /// <summary>The one key that must be there.</summary>
    public const string DataFolder = "datadir";

    private const string FolderExpectation = "the path of a folder; ~ does not stand for the home folder";

    /// <summary>One key.</summary>
    /// <param name="Expectation">What its value must be; completes "must be".</param>
    /// <param name="Apply">The configuration with the value in it; null if the value cannot be used.</param>
    /// <param name="Problems">For values with parts: what is wrong with which part, each a sentence without a full stop.</param>
    internal sealed record Key(
        string Expectation,
        Func<ServerConfiguration, JsonElement, ServerConfiguration?> Apply,
        Func<JsonElement, IEnumerable<string>>? Problems = null);

    /// <summary>Every key by its name.</summary>
    public static IReadOnlyDictionary<string, Key> All { get; } = new Dictionary<string, Key>(ReferenceKeys.All)
    {
        [DataFolder] = new(FolderExpectation, (to, value) =>
            AbsolutePath(to, value) is { } path ? to with { DataFolder = path } : null),
        ["port"] = new("a number from 0 to 65535", (to, value) =>
            Number(value) is >= 0 and <= ushort.MaxValue and var port ? to with { Port = (int)port } : null),
        ["host"] = new("a string", (to, value) =>
            value.ValueKind == JsonValueKind.String ? to with { Host = value.GetString() } : null),
        ["address"] = new("an IP address, such as 0.0.0.0, 127.0.0.1 or ::", (to, value) =>
            IPAddress.TryParse(Text(value), out var address) ? to with { Address = address } : null),
        ["maxConnections"] = new("a number from 1 to 1000000", (to, value) =>
            Number(value) is >= 1 and <= 1_000_000 and var count ? to with { MaxConnections = (int)count } : null),
        ["tls"] = new(TlsFiles.Expectation, (to, value) =>
            TlsFiles.Read(to, value) is { } files ? to with { Tls = files } : null, TlsFiles.Problems),
        ["userdb"] = new(UserEntries.Expectation, (to, value) =>
            UserEntries.Read(value) is { } users ? to with { Users = users } : null, UserEntries.Problems),
        ["authType"] = new("\"basic\", \"signature\", \"basic,signature\" or \"none\"", (to, value) =>
            CredentialSettings.Kinds(value) is { } kinds ? to with { Authentication = kinds } : null),
        ["allowOpenWrites"] = new("true or false", (to, value) =>
            Boolean(value) is { } allow ? to with { AllowOpenWrites = allow } : null),
        ["requireSignedTarget"] = new("true or false", (to, value) =>
            Boolean(value) is { } require ? to with { RequireSignedTarget = require } : null),
        ["authKeys"] = new("an object of lists of OpenSSH public keys: { \"USER\": [\"ssh-ed25519 ...\"] }", (to, value) =>
            CredentialSettings.Keys(value) is { } keys ? to with { Keys = keys } : null),
        ["authKeysDir"] = new(FolderExpectation, (to, value) =>
            AbsolutePath(to, value) is { } path ? to with { KeyFolder = path } : null),
        ["readAuth"] = new("\"open\", \"private\" or \"all\"", (to, value) =>
            Word<ReadAccess>(value) is { } access ? to with { ReadAccess = access } : null),
        ["mode"] = new("\"mixed\", \"public\", \"private\" or \"dc\"", (to, value) =>
            Word<ServerMode>(value) is { } mode ? to with { Rules = to.Rules with { Mode = mode } } : null),
        ["adminUuid"] = new("a UUID", (to, value) =>
            Uuid.TryParse(Text(value), out var uuid) ? to with { Rules = to.Rules with { AdminUuid = uuid } } : null),
        ["channels"] = new(ChannelEntries.Expectation, (to, value) =>
            ChannelEntries.Read(value) is { } channels ? to with { Rules = to.Rules with { Channels = channels } } : null,
            ChannelEntries.Problems),
        ["maxImageSize"] = new("a number of bytes, at least 1", (to, value) =>
            Number(value) is >= 1 and var size ? to with { Rules = to.Rules with { MaxFileSize = size } } : null),
        ["minFree"] = new("a number of bytes", (to, value) =>
            Number(value) is >= 0 and var bytes ? to with { Room = to.Room with { MinFree = bytes } } : null),
        ["contentCheck"] = new("\"warn\", \"refuse\" or \"off\"", (to, value) =>
            Word<ContentCheck>(value) is { } check ? to with { Rules = to.Rules with { ContentCheck = check } } : null),
        ["scrubRate"] = new("a number of bytes per second, or 0 for no scrub", (to, value) =>
            Number(value) is >= 0 and var rate ? to with { ScrubRate = rate } : null),
        ["scrubIntervalHours"] = new("a number of hours from 1 to 1000", (to, value) =>
            Number(value) is >= 1 and <= 1000 and var hours ? to with { ScrubInterval = TimeSpan.FromHours(hours) } : null),
        ["unactivatedLifespanDays"] = new("a number of days from 1 to 10000, or 0 to keep the images", (to, value) =>
            Number(value) is >= 0 and <= 10_000 and var days
                ? to with { UnactivatedLifespan = days == 0 ? null : TimeSpan.FromDays(days) }
                : null),
        ["pathBase"] = new("a path such as /images-of-mine/", (to, value) =>
            UrlPath.Read(Text(value)) is { } path ? to with { PathBase = path } : null),
        ["corsOrigins"] = new(CorsOrigins.Expectation, (to, value) =>
            CorsOrigins.Read(value) is { } origins ? to with { CorsOrigins = origins } : null),
        ["xAccelRedirect"] = new("the path of a location, such as /imgapi-data/", (to, value) =>
            UrlPath.Read(Text(value)) is { } path ? to with { AccelRedirect = path } : null),
        ["xSendfile"] = new("true or false", (to, value) =>
            Boolean(value) is { } isOn ? to with { Sendfile = isOn } : null),
        ["trustedProxies"] = new(TrustedProxies.Expectation, (to, value) =>
            TrustedProxies.Read(value) is { } proxies ? to with { TrustedProxies = proxies } : null),
        ["shutdownSeconds"] = new("a number of seconds from 0 to 86400", (to, value) =>
            Number(value) is >= 0 and <= 86_400 and var seconds ? to with { StopTime = TimeSpan.FromSeconds(seconds) } : null),
        ["serverName"] = new("a string of visible characters and spaces", (to, value) =>
            Text(value) is { } name && !name.AsSpan().ContainsAnyExceptInRange(' ', '~') ? to with { ServerName = name } : null),
        ["allowInsecure"] = new("true or false", (to, value) =>
            Boolean(value) is { } allow ? to with { Remote = to.Remote with { AllowInsecure = allow } } : null),
        ["allowLocalSources"] = new("true or false", (to, value) =>
            Boolean(value) is { } allow ? to with { AllowLocalSources = allow } : null),
        ["httpProxy"] = new("an http URL without a path", (to, value) =>
            WebUrl.TryParse(Text(value), out var url) && url is { Scheme: "http", PathAndQuery: "/" }
                ? to with { Remote = to.Remote with { Proxy = url } }
                : null),
        ["importTimeoutMinutes"] = new("a number of minutes from 1 to 10080", (to, value) =>
            Number(value) is >= 1 and <= 10080 and var minutes
                ? to with { Remote = to.Remote with { TotalTimeout = TimeSpan.FromMinutes(minutes) } }
                : null),
        ["importMinRate"] = new("a number of bytes per second, or 0 for no minimum", (to, value) =>
            Number(value) is >= 0 and var rate ? to with { Remote = to.Remote with { MinRate = rate } } : null),
        ["datacenterName"] = new("a string", (to, value) =>
            Text(value) is { } name ? to with { DatacenterName = name } : null),
        ["imgapiUrlFromDatacenter"] = new("an object with an http or https URL for each name", (to, value) =>
            Sources(value) is { } sources ? to with { Datacenters = sources } : null),
    };

    private static bool? Boolean(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private static OrderedDictionary<string, ImageSource>? Sources(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var sources = new OrderedDictionary<string, ImageSource>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            if (member.Name.Length == 0 || !ImageSource.TryParse(Text(member.Value), out var source) || !sources.TryAdd(member.Name, source))
            {
                return null;
            }
        }

        return sources;
    }

    /// <summary>A string that is not empty; null for anything else.</summary>
    internal static string? Text(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    /// <summary>The full path that a value names; a relative one counts from the folder of the configuration file. Null if it names none.</summary>
    internal static string? AbsolutePath(ServerConfiguration configuration, JsonElement value) =>
        Text(value) is { } path && path[0] != '~' && !path.Contains('\0', StringComparison.Ordinal)
            ? Path.GetFullPath(path, Path.GetDirectoryName(configuration.Source?.File) ?? Environment.CurrentDirectory)
            : null;

    private static long? Number(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null;

    /// <summary>A member of an enumeration, whatever the case.</summary>
    private static T? Word<T>(JsonElement value)
        where T : struct, Enum =>
        Enum.GetValues<T>().Cast<T?>().FirstOrDefault(word => string.Equals($"{word}", Text(value), StringComparison.OrdinalIgnoreCase));
}
