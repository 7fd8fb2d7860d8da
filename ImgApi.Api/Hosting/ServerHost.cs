using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using ImgApi.Api.Configuration;
using ImgApi.Api.OpenApi;
using ImgApi.Api.Wire;
using ImgApi.Infrastructure.FileSystem;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace ImgApi.Api.Hosting;

/// <summary>Puts the server together and runs it.</summary>
internal static class ServerHost
{
    /// <summary>Serves until the process is told to end.</summary>
    /// <returns>The exit code: 1 if the server could not start, and then a message says why.</returns>
    public static async Task<int> RunAsync(ServerConfiguration configuration, CancellationToken cancellation)
    {
        // Until the server can reload its configuration, and while it ends, the signal must not end the process.
        using var hangUp = OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal => signal.Cancel = true);
        try
        {
            await using var app = Create(configuration);
            // Most of a start is reading the data folder and setting up the framework: neither waits for the other.
            var opening = Task.Run(() => StartUp.Open(app.Services), cancellation);
            UsePipeline(app);
            await opening;
            await app.StartAsync(cancellation);
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

    /// <summary>The application, not started.</summary>
    /// <param name="configuration">What the operator wants.</param>
    /// <param name="replace">Replaces services, such as the clock; for tests.</param>
    public static WebApplication Build(ServerConfiguration configuration, Action<IServiceCollection>? replace = null)
    {
        var app = Create(configuration, replace);
        UsePipeline(app);
        return app;
    }

    private static WebApplication Create(ServerConfiguration configuration, Action<IServiceCollection>? replace = null)
    {
        // Named, since the process may be another program, such as a test runner.
        var application = typeof(ServerHost).Assembly.GetName().Name;
        // Empty: the other builders read settings beside the configuration, and watch all that happens below the current folder.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = application });
        builder.WebHost.UseKestrelCore().UseSockets(SendBuffer.Bound).UseKestrelHttpsConfiguration()
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
        app.UseCrossOriginReads(app.Services.GetRequiredService<ServerConfiguration>().CorsOrigins);
        app.UseMiddleware<HotReads>();
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
