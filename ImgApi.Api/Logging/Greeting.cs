using System.Net;

namespace ImgApi.Api.Logging;

/// <summary>The text at the start of the server: what it serves, where, and what to do next.</summary>
internal static partial class Greeting
{
    /// <summary>Log category of the second part. It is logged so that it appears in order with other log lines.</summary>
    public const string Category = "imgapi.greeting";

    /// <summary>The first part, before the data folder is read.</summary>
    /// <param name="newLogin">The login of a new configuration; null if it is not new.</param>
    public static string Before(ServerConfiguration configuration, NewLogin? newLogin) => string.Join('\n',
    [
        $"ImgApi {ServerVersion.Text}",
        $"  configuration   {configuration.Source?.Name}" + (newLogin is null ? "" : " (new, for this machine only)"),
        $"  images          {configuration.DataFolder}",
        .. newLogin is null ? (string[])[] : [$"  login           user {newLogin.User}, password {newLogin.Password} (shown only now; the file contains its hash)"],
        "",
    ]);

    /// <summary>Prints the second part, when the server accepts connections.</summary>
    public static async Task PrintReadyAsync(WebApplication app, ServerConfiguration configuration, CancellationToken cancellation)
    {
        var (images, _) = await app.Services.GetRequiredService<IImageRepository>().QueryAsync(new ImageQuery { State = StateFilter.All }, cancellation);
        var space = await app.Services.GetRequiredService<IStorageProbe>().SpaceAsync(cancellation);
        var bound = new Uri(app.Urls.First());
        var url = Url(configuration, bound, configuration.Host ?? "localhost");
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(Category);
        if (string.Join(", ", HandedSockets.Addresses()) is { Length: > 0 } sockets)
        {
            LogHanded(logger, sockets);
        }

        var count = Count.Of(images.Count, "image");
        if (configuration.LogFormat != LogFormat.Text)
        {
            LogServing(logger, count, url, ServerVersion.Text, configuration.Source?.Name, configuration.DataFolder);
            return;
        }

        var login = configuration.ReadAccess == ReadAccess.All ? "-u USER " : "";
        var text = string.Join('\n',
            $"Serving {count} at {url}" + (space is { Free: var free } ? $", {ByteSize.Approximate(free)} free" : ""),
            $"  web page        open {url}{(configuration.WebPage ? "" : "/swagger")} in a browser",
            $"  list            curl {login}{url}/images",
            IPAddress.IsLoopback(configuration.Address)
                ? "  other machines  set \"address\" in the configuration to 0.0.0.0"
                : $"  SmartOS         imgadm sources -a {Url(configuration, bound, NameElsewhere(configuration.Host))}",
            "  stop            press Ctrl+C",
            "");
        LogReady(logger, text);
    }

    /// <summary>The name under which other machines reach this one: the configured name, unless it is a loopback name.</summary>
    private static string NameElsewhere(string? host) =>
        string.IsNullOrEmpty(host) || host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address))
            ? Environment.MachineName
            : host;

    /// <summary>The server's URL, with <paramref name="nameOfAll"/> if it listens on all addresses.</summary>
    private static string Url(ServerConfiguration configuration, Uri bound, string nameOfAll)
    {
        var isAny = configuration.Address.Equals(IPAddress.Any) || configuration.Address.Equals(IPAddress.IPv6Any);
        var host = isAny ? nameOfAll : bound.Host;
        return $"{bound.Scheme}://{host}:{bound.Port}{configuration.PathBase?.TrimEnd('/')}";
    }

    /// <summary>The same for programs: one line, as every other event has.</summary>
    [LoggerMessage(
        Level = LogLevel.Information, Message = "Serving {Images} at {Url}: ImgApi {Version}, configuration {Configuration}, images in {Folder}")]
    private static partial void LogServing(ILogger logger, string images, string url, string version, string? configuration, string folder);

    [LoggerMessage(
        Level = LogLevel.Information, Message = "Listening on {Sockets}, opened by systemd; \"address\" and \"port\" of the configuration have no effect")]
    private static partial void LogHanded(ILogger logger, string sockets);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Text}")]
    private static partial void LogReady(ILogger logger, string text);
}
