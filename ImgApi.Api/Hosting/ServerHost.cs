using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using ImgApi.Api.Configuration;
using ImgApi.Api.Logging;
using ImgApi.Api.OpenApi;
using ImgApi.Api.Pipeline;
using ImgApi.Api.Responses;
using ImgApi.Infrastructure.FileSystem.Layout;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace ImgApi.Api.Hosting;

/// <summary>Puts the server together and runs it.</summary>
internal static class ServerHost
{
    // SIGHUP must not end the process before the server can reload its configuration, nor while it ends, so this is never disposed.
    private static PosixSignalRegistration? _hangUp;

    /// <summary>Serves until the process is told to end.</summary>
    /// <returns>The exit code: 1 if the server could not start, and then a message says why.</returns>
    public static async Task<int> RunAsync(ServerConfiguration configuration, CancellationToken cancellation)
    {
        _hangUp ??= OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal => signal.Cancel = true);
        try
        {
            await using var app = await StartAsync(configuration, cancellation: cancellation);
            await Greeting.PrintReadyAsync(app, configuration, cancellation);
            await app.WaitForShutdownAsync(cancellation);
            return 0;
        }
        catch (Exception fault) when (fault is IOException or DataFolderException or SocketException)
        {
            var reason = ListenFault.Describe(fault, new IPEndPoint(configuration.Address, configuration.Port)) ?? fault.Message;
            await Console.Error.WriteLineAsync($"imgapi: {reason}");
            return 1;
        }
    }

    /// <summary>Starts the server. When it returns, requests are answered.</summary>
    /// <param name="configuration">The operator's configuration.</param>
    /// <param name="replace">Replaces services, such as the clock; for tests.</param>
    /// <param name="cancellation">Cancels the start.</param>
    /// <returns>The running server, which the caller disposes.</returns>
    /// <exception cref="DataFolderException">The data folder is in use or not writable.</exception>
    /// <exception cref="IOException">The users' keys or the certificate cannot be read, or the port is taken.</exception>
    public static async Task<WebApplication> StartAsync(
        ServerConfiguration configuration, Action<IServiceCollection>? replace = null, CancellationToken cancellation = default)
    {
        var app = Create(configuration, replace);
        try
        {
            // The data folder is read while the framework is set up.
            var opening = Task.Run(() => StartUp.Open(app.Services), cancellation);
            UsePipeline(app);
            await opening;
            await app.StartAsync(cancellation);
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    private static WebApplication Create(ServerConfiguration configuration, Action<IServiceCollection>? replace = null)
    {
        // Named, since the process may be another program, such as a test runner.
        var application = typeof(ServerHost).Assembly.GetName().Name;
        // Empty: the other builders read settings beside the configuration, and watch all that happens below the current folder.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = application });
        builder.WebHost.UseKestrelCore().UseSockets(KestrelLimits.Apply).UseKestrelHttpsConfiguration()
            .ConfigureKestrel(kestrel => KestrelLimits.Apply(kestrel, configuration));
        builder.Logging.ClearProviders().AddConsole(console => console.FormatterName = LogFormatter.FormatName)
            .AddConsoleFormatter<LogFormatter, ConsoleFormatterOptions>();
        var levels = new LogLevels(configuration.LogLevel);
        builder.Services.AddSingleton(levels)
            .AddSingleton<IConfigureOptions<LoggerFilterOptions>>(levels)
            .AddSingleton<IOptionsChangeTokenSource<LoggerFilterOptions>>(levels);
        builder.Services.AddImgApi(configuration);
        replace?.Invoke(builder.Services);
        return builder.Build();
    }

    /// <summary>Lists alone are compressed for those who ask: single manifests and contents are sent as they are stored.</summary>
    private static bool IsList(HttpContext context) =>
        context.Request.Path.Equals("/images", StringComparison.Ordinal) && !HttpMethods.IsPost(context.Request.Method);

    /// <summary>The order is the contract's: path, route, version, credentials, resource.</summary>
    private static void UsePipeline(WebApplication app)
    {
        // Else the framework looks at credentials before anything else, on every path: where they count is the routes' to say.
        ((IApplicationBuilder)app).Properties["__AuthenticationMiddlewareSet"] = true;
        app.UseMiddleware<ResponseHeadersMiddleware>();
        app.UseMiddleware<ChangeLogMiddleware>();
        app.UseMiddleware<ErrorHandlingMiddleware>();
        app.UseMiddleware<FramingMiddleware>();
        app.UseMiddleware<PathBaseMiddleware>();
        app.UseCrossOriginReads(app.Services.GetRequiredService<ServerConfiguration>().CorsOrigins.List);
        app.UseMiddleware<CachedReadMiddleware>();
        app.UseMiddleware<UnbegunRequests.Marker>();
        app.UseMiddleware<PiecewiseAnswers>();
        app.UseMiddleware<PathMiddleware>();
        app.UseApiDocumentation();
        app.UseWhen(IsList, lists => lists.UseResponseCompression());
        app.UseRouting();
        app.UseMiddleware<RouteMiddleware>();
        app.UseAuthorization();
        app.MapControllers();
    }
}
