using System.Net;
using System.Text.Json.Serialization;

namespace ImgApi.Api.Configuration;

/// <summary>
/// The configuration. Each property with a setter is a key of the configuration file, unless it has <see cref="JsonIgnoreAttribute"/>, and a
/// row of the table in README.md: the summary is the meaning, and the tag <c>value</c> describes the default.
/// </summary>
internal sealed partial record ServerConfiguration
{
    /// <summary>The default of <see cref="Port"/>.</summary>
    public const int DefaultPort = 8080;

    private const string Folder = "the path of a folder; ~ does not stand for the home folder";

    /// <summary>The origin of the configuration; null if it was not read from a file.</summary>
    [JsonIgnore]
    public ConfigurationSource? Source { get; init; }

    /// <summary>Folder that holds the images; created if it is missing.</summary>
    /// <value>required</value>
    [JsonPropertyName("datadir"), MustBe(Folder)]
    public required string DataFolder { get; init; }

    /// <summary>TCP port; 0 for any free one.</summary>
    [MustBe("a number from 0 to 65535")]
    public int Port { get; init; } = DefaultPort;

    /// <summary>Name under which clients reach the server; it does not bind to it.</summary>
    [MustBe("a string")]
    public string? Host { get; init; }

    /// <summary>IP address to bind to.</summary>
    [MustBe("an IP address, such as 0.0.0.0, 127.0.0.1 or ::")]
    public IPAddress Address { get; init; } = IPAddress.Any;

    /// <summary><c>{ "cert": FILE, "key": FILE }</c> in PEM: HTTPS instead of HTTP; renewed files take effect at once.</summary>
    [MustBe("{ \"cert\": FILE, \"key\": FILE }, both in PEM")]
    public TlsFiles? Tls { get; init; }

    /// <summary>Maximum number of connections; more are closed at once.</summary>
    /// <value>depends on the limit of open files, at most 4096</value>
    [MustBe("a number from 1 to 1000000")]
    public int? MaxConnections { get; init; }

    /// <summary>Seconds that a shutdown waits for running requests, such as uploads.</summary>
    [MustBe("a number of seconds from 0 to 86400")]
    public int ShutdownSeconds { get; init; } = 30;

    /// <summary>The Server header, and the User-Agent of requests to other servers.</summary>
    /// <value><c>imgapi/VERSION</c></value>
    [MustBe("a string of visible characters and spaces")]
    public string ServerName { get; init; } = "imgapi/" + ServerVersion.Text;

    /// <summary>
    /// <c>/PREFIX/</c> before every path, if a proxy serves other sites under the same name. It can also be a simple secret:
    /// <c>imgadm sources -a https://host/PREFIX</c>. Without the prefix only the states of jobs are available, by their UUID.
    /// </summary>
    [MustBe("a path such as /images-of-mine/")]
    public string? PathBase { get; init; }

    /// <summary>
    /// <c>false</c> switches the web page at <c>/</c> and <c>/ui</c> off; browsers are then redirected to <c>/swagger</c>, as other clients are.
    /// </summary>
    public bool WebPage { get; init; } = true;

    /// <summary>
    /// Web origins whose pages may read from this server in a browser, such as <c>["https://portal.example.com"]</c>, or <c>"*"</c> for all.
    /// Writes stay refused.
    /// </summary>
    /// <value><c>[]</c></value>
    [MustBe("a list of origins such as https://portal.example.com, without a path, or \"*\"")]
    public CorsOrigins CorsOrigins { get; init; } = new([]);

    /// <summary>
    /// <c>/LOCATION/</c>: internal location of the data folder in an nginx that sends files itself, see
    /// <see href="docs/operating.md#behind-a-proxy">operating.md</see>.
    /// </summary>
    [JsonPropertyName("xAccelRedirect"), MustBe("the path of a location, such as /imgapi-data/")]
    public string? AccelRedirect { get; init; }

    /// <summary><c>true</c>: as <c>xAccelRedirect</c>, for web servers that support <c>X-Sendfile</c>.</summary>
    [JsonPropertyName("xSendfile")]
    public bool Sendfile { get; init; }

    /// <summary>
    /// List of addresses or networks, such as <c>["10.0.0.2", "10.1.0.0/16"]</c>: proxies whose <c>X-Forwarded-Proto</c> and
    /// <c>X-Sendfile-Type</c> are accepted.
    /// </summary>
    /// <value>this machine</value>
    [MustBe("a list of IP addresses or networks, such as 10.0.0.2 or 10.0.0.0/24")]
    public TrustedProxies TrustedProxies { get; init; } = TrustedProxies.Local;

    /// <summary>Minimum log level: <c>trace</c>, <c>debug</c>, <c>info</c>, <c>warn</c>, <c>error</c> or <c>fatal</c>, or 10 to 60 in tens.</summary>
    /// <value><c>info</c></value>
    [MustBe("\"trace\", \"debug\", \"info\", \"warn\", \"error\", \"fatal\", or 10 to 60 in tens")]
    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary>
    /// <c>text</c>: lines for people; <c>json</c>: a JSON object a line; <c>journald</c>: lines with the priorities of the journal, without time.
    /// </summary>
    public LogFormat LogFormat { get; init; } = LogFormat.Text;

    /// <summary><c>true</c> logs a line for each request.</summary>
    public bool LogRequests { get; init; }

    /// <summary>
    /// URL of a collector that metrics and traces are sent to by OTLP over HTTP, such as <c>http://localhost:4318</c>, see
    /// <see href="docs/operating.md#monitoring">operating.md</see>.
    /// </summary>
    [MustBe("a URL such as http://localhost:4318")]
    public Uri? OtlpEndpoint { get; init; }

    /// <summary>Resolves relative paths against a folder.</summary>
    internal ServerConfiguration WithFullPaths(string folder) => this with
    {
        DataFolder = Path.GetFullPath(DataFolder, folder),
        UsersFile = UsersFile is null ? null : Path.GetFullPath(UsersFile, folder),
        KeyFolder = KeyFolder is null ? null : Path.GetFullPath(KeyFolder, folder),
        Tls = Tls is null ? null : new TlsFiles(Path.GetFullPath(Tls.Certificate, folder), Path.GetFullPath(Tls.Key, folder)),
    };
}

/// <summary>The configuration in force: the one at the start, with the values that were reloaded since.</summary>
internal sealed class CurrentConfiguration(ServerConfiguration atStart)
{
    private readonly Lock _changing = new();
    private volatile ServerConfiguration _value = atStart;

    public ServerConfiguration Value => _value;

    /// <summary>Changes some values. Changes by a signal and by the users file at the same time keep each other's values.</summary>
    public void Change(Func<ServerConfiguration, ServerConfiguration> change)
    {
        lock (_changing)
        {
            _value = change(_value);
        }
    }
}
