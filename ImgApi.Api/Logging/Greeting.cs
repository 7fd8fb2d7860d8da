using System.Net;
using ImgApi.Api.Configuration;
using ImgApi.Api.Contracts;
using ImgApi.Domain.Integrity;
using ImgApi.Domain.Storage;

namespace ImgApi.Api.Logging;

/// <summary>What a person who starts the server reads first: what it serves, where, and what to do next.</summary>
internal static partial class Greeting
{
    /// <summary>Category of the logger that prints it, so that it keeps its place among the lines of the log.</summary>
    public const string Category = "imgapi.greeting";

    /// <summary>The part that is known before anything is read.</summary>
    /// <param name="configuration">What will be served.</param>
    /// <param name="newLogin">User and password that were just made; null if there were any before.</param>
    public static string Before(ServerConfiguration configuration, NewLogin? newLogin) => string.Join('\n',
    [
        $"ImgApi {ServerVersion.Text}",
        $"  configuration   {configuration.Source?.File}" + (newLogin is null ? "" : " (just made, for this machine only)"),
        $"  images          {configuration.DataFolder}",
        .. newLogin is null ? (string[])[] : [$"  login           user {newLogin.User}, password {newLogin.Password} (shown only now; the file has a hash of it)"],
        "",
    ]);

    /// <summary>Prints the rest, once connections are taken.</summary>
    public static async Task PrintReadyAsync(WebApplication app, ServerConfiguration configuration, CancellationToken cancellation)
    {
        var (images, _) = await app.Services.GetRequiredService<IImageRepository>().QueryAsync(new ImageQuery { State = StateFilter.All }, cancellation);
        var free = await app.Services.GetRequiredService<IStorageProbe>().FreeBytesAsync(cancellation);
        var bound = new Uri(app.Urls.Single());
        var url = Url(configuration, bound, configuration.Host ?? "localhost");
        var login = configuration.ReadAccess == ReadAccess.All ? "-u USER " : "";
        var text = string.Join('\n',
            $"Serving {Count.Of(images.Count, "image")} at {url}" + (free is { } bytes ? $", {ByteSize.Approximate(bytes)} free" : ""),
            $"  to look         open {url}/swagger in a browser",
            $"  to list         curl {login}{url}/images",
            IPAddress.IsLoopback(configuration.Address)
                ? "  to serve others set \"address\" in the configuration to 0.0.0.0"
                : $"  on SmartOS      imgadm sources -a {Url(configuration, bound, NameElsewhere(configuration.Host))}",
            "  to stop         press Ctrl+C",
            "");
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(Category);
        LogReady(logger, text);
    }

    /// <summary>The name under which other machines find this one: the configured one, unless that is the machine's name for itself.</summary>
    private static string NameElsewhere(string? host) =>
        string.IsNullOrEmpty(host) || host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address))
            ? Environment.MachineName
            : host;

    /// <summary>The server's URL. Where it listens on all addresses, a name has to be told.</summary>
    private static string Url(ServerConfiguration configuration, Uri bound, string nameOfAll)
    {
        var isAny = configuration.Address.Equals(IPAddress.Any) || configuration.Address.Equals(IPAddress.IPv6Any);
        var host = isAny ? nameOfAll : bound.Host;
        return $"{bound.Scheme}://{host}:{bound.Port}{configuration.PathBase?.TrimEnd('/')}";
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Text}")]
    private static partial void LogReady(ILogger logger, string text);
}
