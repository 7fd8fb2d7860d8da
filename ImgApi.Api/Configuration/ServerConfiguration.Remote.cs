using System.Net;
using System.Text.Json.Serialization;
using ImgApi.Infrastructure.Remote;

namespace ImgApi.Api.Configuration;

/// <content>Imports from other image servers.</content>
internal sealed partial record ServerConfiguration
{
    /// <summary>The keys that the client of other servers needs.</summary>
    [JsonIgnore]
    public RemoteOptions Remote { get; init; } = new();

    /// <summary>
    /// <see cref="Remote"/>, completed by other keys. Local sources are allowed by default on a server that only this machine reaches, since
    /// its callers can reach them anyway.
    /// </summary>
    public RemoteOptions EffectiveRemote => Remote with
    {
        UserAgent = ServerName,
        AllowLocal = AllowLocalSources ?? IPAddress.IsLoopback(Address),
    };

    /// <summary><c>true</c> accepts any TLS certificate of a source of imports.</summary>
    public bool AllowInsecure { get => Remote.AllowInsecure; init => Remote = Remote with { AllowInsecure = value }; }

    /// <summary>Whether callers may import from addresses of this machine or its link. Set <c>false</c> behind a proxy on the same machine.</summary>
    /// <value>whether <c>address</c> is a loopback address</value>
    public bool? AllowLocalSources { get; init; }

    /// <summary>
    /// <c>http://[user:password@]host:port</c>, for all requests to other servers. By default the variables <c>http_proxy</c>,
    /// <c>https_proxy</c>, <c>all_proxy</c> and <c>no_proxy</c> are used.
    /// </summary>
    /// <value>from the environment</value>
    [MustBe("an http URL without a path")]
    public Uri? HttpProxy { get => Remote.Proxy; init => Remote = Remote with { Proxy = value }; }

    /// <summary>Maximum minutes for one file from another server.</summary>
    [MustBe("a number of minutes from 1 to 10080")]
    public int ImportTimeoutMinutes
    {
        get => (int)Remote.TotalTimeout.TotalMinutes;
        init => Remote = Remote with { TotalTimeout = TimeSpan.FromMinutes(value) };
    }

    /// <summary>Minimum bytes per second of a source, averaged over a minute (16 KiB); slower connections are closed; 0 for no minimum.</summary>
    [MustBe("a number of bytes per second, or 0 for no minimum")]
    public long ImportMinRate { get => Remote.MinRate; init => Remote = Remote with { MinRate = value }; }

    /// <summary>
    /// Receivers of events: <c>{ "url": ..., "secret": ..., "events": ["create", "approval", "activate", "change", "delete", "damage"] }</c>, see
    /// <see href="docs/operating.md#webhooks">operating.md</see>.
    /// </summary>
    [MustBe("a list of { \"url\": ..., \"secret\": ..., \"events\": [...] }")]
    public IReadOnlyList<ConfiguredWebhook> Webhooks { get; init; } = [];

    /// <summary>Image servers that <c>import-from-datacenter</c> can name: <c>{ "NAME": "URL" }</c>.</summary>
    [JsonPropertyName("imgapiUrlFromDatacenter"), MustBe("an object with an http or https URL for each name")]
    public IReadOnlyDictionary<string, ImageSource> Datacenters { get; init; } = new Dictionary<string, ImageSource>();

    /// <summary>This server's own name in <c>imgapiUrlFromDatacenter</c>.</summary>
    [MustBe("a string")]
    public string? DatacenterName { get; init; }
}
