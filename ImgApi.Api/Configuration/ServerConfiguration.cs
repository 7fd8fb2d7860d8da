using System.Net;
using ImgApi.Domain.Images;
using ImgApi.Domain.Remote;
using ImgApi.Infrastructure.Remote;

namespace ImgApi.Api.Configuration;

/// <summary>Everything that an operator can set. Made by <see cref="ConfigurationFile"/>, and valid.</summary>
public sealed record ServerConfiguration
{
    /// <summary>The port that is used if none is configured.</summary>
    public const int DefaultPort = 8080;

    /// <summary><c>datadir</c>: the folder that holds the images; created if it is missing.</summary>
    public required string DataFolder { get; init; }

    /// <summary><c>port</c>: TCP port; 0 takes any free one.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary><c>host</c>: the name under which clients reach the server. Never what it binds to.</summary>
    public string? Host { get; init; }

    /// <summary><c>address</c>: what the server binds to; all interfaces by default.</summary>
    public IPAddress Address { get; init; } = IPAddress.Any;

    /// <summary><c>userdb</c>: who may write; nobody by default.</summary>
    public IReadOnlyList<UserEntry> Users { get; init; } = [];

    /// <summary><c>authType</c>: how callers prove who they are.</summary>
    public AuthenticationKind Authentication { get; init; } = AuthenticationKind.Basic;

    /// <summary><c>mode</c>, <c>adminUuid</c>, <c>maxImageSize</c>: what depends on the kind of repository.</summary>
    public ServerRules Rules { get; init; } = new();

    /// <summary><c>serverName</c>: the Server header.</summary>
    public string ServerName { get; init; } = "imgapi/" + ServerVersion.Text;

    /// <summary><c>allowInsecure</c>, <c>httpProxy</c>, <c>importTimeoutMinutes</c>: how other servers are dealt with.</summary>
    public RemoteOptions Remote { get; init; } = new();

    /// <summary><c>allowLocalSources</c>: whether callers may name sources on this machine; null leaves it to <see cref="Address"/>.</summary>
    public bool? AllowLocalSources { get; init; }

    /// <summary><c>imgapiUrlFromDatacenter</c>: image servers that accounts may import from, by name.</summary>
    public IReadOnlyDictionary<string, ImageSource> Datacenters { get; init; } = new Dictionary<string, ImageSource>();

    /// <summary><c>datacenterName</c>: this server's own name among them.</summary>
    public string? DatacenterName { get; init; }

    /// <summary>
    /// <see cref="Remote"/> with what other keys say. On a server that only this machine reaches, local sources give its callers
    /// nothing that they do not have.
    /// </summary>
    public RemoteOptions EffectiveRemote => Remote with
    {
        UserAgent = ServerName,
        AllowLocal = AllowLocalSources ?? IPAddress.IsLoopback(Address),
    };
}
