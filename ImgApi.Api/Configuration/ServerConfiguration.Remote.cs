using System.Net;
using System.Text.Json.Serialization;
using ImgApi.Domain.Remote;
using ImgApi.Infrastructure.Remote;

namespace ImgApi.Api.Configuration;

/// <content>How the server deals with other image servers.</content>
public sealed partial record ServerConfiguration
{
    /// <summary>The keys that the client of other servers needs.</summary>
    [JsonIgnore]
    public RemoteOptions Remote { get; init; } = new();

    /// <summary>
    /// <see cref="Remote"/> with what other keys say. On a server that only this machine reaches, local sources give its callers
    /// nothing that they do not have.
    /// </summary>
    public RemoteOptions EffectiveRemote => Remote with
    {
        UserAgent = ServerName,
        AllowLocal = AllowLocalSources ?? IPAddress.IsLoopback(Address),
    };

    /// <summary><c>true</c> takes any TLS certificate of an image server that images are imported from.</summary>
    public bool AllowInsecure { get => Remote.AllowInsecure; init => Remote = Remote with { AllowInsecure = value }; }

    /// <summary>
    /// Whether callers may name sources on this machine (any address of its interfaces) or its link; <c>false</c> for a server behind a
    /// proxy on the same machine.
    /// </summary>
    /// <value>whether <c>address</c> is a loopback address</value>
    public bool? AllowLocalSources { get; init; }

    /// <summary>
    /// <c>http://[user:password@]host:port</c>, for all requests to other servers; without it <c>http_proxy</c>, <c>https_proxy</c>,
    /// <c>all_proxy</c> and <c>no_proxy</c> count.
    /// </summary>
    /// <value>from the environment</value>
    [MustBe("an http URL without a path")]
    public Uri? HttpProxy { get => Remote.Proxy; init => Remote = Remote with { Proxy = value }; }

    /// <summary>How long one file may take to come from another server.</summary>
    [MustBe("a number of minutes from 1 to 10080")]
    public int ImportTimeoutMinutes
    {
        get => (int)Remote.TotalTimeout.TotalMinutes;
        init => Remote = Remote with { TotalTimeout = TimeSpan.FromMinutes(value) };
    }

    /// <summary>
    /// Bytes per second that another server must deliver, averaged over a minute (16 KiB); slower connections are broken off; 0 accepts
    /// every speed.
    /// </summary>
    [MustBe("a number of bytes per second, or 0 for no minimum")]
    public long ImportMinRate { get => Remote.MinRate; init => Remote = Remote with { MinRate = value }; }

    /// <summary>Image servers that accounts may import from: <c>{ "NAME": "URL" }</c>.</summary>
    [JsonPropertyName("imgapiUrlFromDatacenter"), MustBe("an object with an http or https URL for each name")]
    public IReadOnlyDictionary<string, ImageSource> Datacenters { get; init; } = new Dictionary<string, ImageSource>();

    /// <summary>The name that this server itself has in <c>imgapiUrlFromDatacenter</c>.</summary>
    [MustBe("a string")]
    public string? DatacenterName { get; init; }
}
