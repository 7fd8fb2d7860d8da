using System.Net;
using ImgApi.Domain.Images;
using ImgApi.Domain.Remote;
using ImgApi.Infrastructure.FileSystem.Content;
using ImgApi.Infrastructure.Remote;

namespace ImgApi.Api.Configuration;

/// <summary>Everything that an operator can set. Made by <see cref="ConfigurationFile"/>, and valid.</summary>
public sealed record ServerConfiguration
{
    /// <summary>The port that is used if none is configured.</summary>
    public const int DefaultPort = 8080;

    private readonly AuthenticationKind? _authentication;

    /// <summary>The file that it was read from; null if it was made otherwise.</summary>
    public ConfigurationSource? Source { get; init; }

    /// <summary><c>datadir</c>: the folder that holds the images; created if it is missing.</summary>
    public required string DataFolder { get; init; }

    /// <summary><c>port</c>: TCP port; 0 takes any free one.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary><c>host</c>: the name under which clients reach the server. Never what it binds to.</summary>
    public string? Host { get; init; }

    /// <summary><c>address</c>: what the server binds to; all interfaces by default.</summary>
    public IPAddress Address { get; init; } = IPAddress.Any;

    /// <summary><c>tls</c>: null for plain HTTP.</summary>
    public TlsFiles? Tls { get; init; }

    /// <summary><c>maxConnections</c>: connections at a time, others are closed at once; null for as many as open files allow.</summary>
    public int? MaxConnections { get; init; }

    /// <summary><c>userdb</c>: who may write; nobody by default.</summary>
    public IReadOnlyList<UserEntry> Users { get; init; } = [];

    /// <summary><c>authKeys</c>: OpenSSH public keys by user.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Keys { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary><c>authKeysDir</c>: folder of files <c>USER.keys</c>; null if there is none.</summary>
    public string? KeyFolder { get; init; }

    /// <summary>
    /// <c>authType</c>: how callers prove who they are. If nobody says it, what users and keys there are decides;
    /// without any it is <see cref="AuthenticationKind.Basic"/>, and nobody may write.
    /// </summary>
    public AuthenticationKind Authentication
    {
        get => _authentication ?? FromSources();
        init => _authentication = value;
    }

    /// <summary><c>allowOpenWrites</c>: whether everyone may write on a server that others than its own network reach.</summary>
    public bool AllowOpenWrites { get; init; }

    /// <summary><c>readAuth</c>: what can be read without credentials.</summary>
    public ReadAccess ReadAccess { get; init; }

    /// <summary><c>mode</c>, <c>adminUuid</c>, <c>channels</c>, <c>maxImageSize</c>, <c>contentCheck</c>: what depends on the kind of repository.</summary>
    public ServerRules Rules { get; init; } = new();

    /// <summary><c>minFree</c>: what uploads and imports leave free of the data folder's file system.</summary>
    public RoomRules Room { get; init; } = new();

    /// <summary><c>scrubRate</c>: bytes per second that the background check of stored content reads; 0 switches it off.</summary>
    public long ScrubRate { get; init; } = 8 * 1024 * 1024;

    /// <summary><c>scrubIntervalHours</c>: from the end of one such check to the beginning of the next.</summary>
    public TimeSpan ScrubInterval { get; init; } = TimeSpan.FromDays(7);

    /// <summary><c>unactivatedLifespanDays</c>: after how long images that were never activated are removed; null keeps them.</summary>
    public TimeSpan? UnactivatedLifespan { get; init; }

    /// <summary><c>pathBase</c>: begins every path that the server knows, with a slash at both ends; null for none.</summary>
    public string? PathBase { get; init; }

    /// <summary><c>corsOrigins</c>: origins whose pages may read from this server, or <c>*</c> for all; none by default.</summary>
    public IReadOnlyList<string> CorsOrigins { get; init; } = [];

    /// <summary><c>xAccelRedirect</c>: where nginx in front has the data folder as an internal location; null if it sends no files itself.</summary>
    public string? AccelRedirect { get; init; }

    /// <summary><c>xSendfile</c>: whether a web server in front takes the paths of files.</summary>
    public bool Sendfile { get; init; }

    /// <summary><c>trustedProxies</c>: servers in front whose headers count.</summary>
    public TrustedProxies TrustedProxies { get; init; } = TrustedProxies.Local;

    /// <summary><c>shutdownSeconds</c>: how long a stop waits for requests that have begun.</summary>
    public TimeSpan StopTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary><c>requireSignedTarget</c>: whether an HTTP Signature has to cover method and path.</summary>
    public bool RequireSignedTarget { get; init; }

    /// <summary><c>serverName</c>: the Server header.</summary>
    public string ServerName { get; init; } = "imgapi/" + ServerVersion.Text;

    /// <summary><c>allowInsecure</c>, <c>httpProxy</c>, <c>importTimeoutMinutes</c>, <c>importMinRate</c>: how other servers are dealt with.</summary>
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

    /// <summary><c>logLevel</c>: the least important news that are logged.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary>Whether users' public keys are configured.</summary>
    internal bool HasKeys => Keys.Count > 0 || KeyFolder is not null;

    private AuthenticationKind FromSources() =>
        HasKeys ? AuthenticationKind.Signature | (Users.Count > 0 ? AuthenticationKind.Basic : 0) : AuthenticationKind.Basic;
}
