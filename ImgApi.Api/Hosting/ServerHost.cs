using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using ImgApi.Api.Logging;
using ImgApi.Api.Pipeline;
using ImgApi.Api.Web;
using ImgApi.Infrastructure.FileSystem.Layout;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace ImgApi.Api.Hosting;

/// <summary>Puts the server together and runs it.</summary>
internal static class ServerHost
{
    // Keeps SIGHUP from ending the process before the server can reload its configuration, and during the shutdown. So it is never disposed.
    private static PosixSignalRegistration? _hangUp;

    /// <summary>Serves until the process is asked to end.</summary>
    /// <returns>The exit code: 1 if the server could not start, with a message on standard error.</returns>
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

    /// <summary>Starts the server. It answers requests when the task completes.</summary>
    /// <param name="configuration">The operator's configuration.</param>
    /// <param name="replace">Replaces services, such as the clock; for tests.</param>
    /// <param name="cancellation">Cancels the start.</param>
    /// <returns>The server; the caller disposes it.</returns>
    /// <exception cref="DataFolderException">The data folder is in use or not writable.</exception>
    /// <exception cref="IOException">The users' keys, the users file or the certificate cannot be read, or the port is taken.</exception>
    public static async Task<WebApplication> StartAsync(
        ServerConfiguration configuration, Action<IServiceCollection>? replace = null, CancellationToken cancellation = default)
    {
        var app = Create(configuration, replace);
        try
        {
            // In parallel, since each takes a good part of the start.
            var opening = Task.Run(() => Open(app.Services, configuration), cancellation);
            // The cache creates the mapper, which compiles its maps.
            var mapping = Task.Run(app.Services.GetRequiredService<ManifestCache>, cancellation);
            UsePipeline(app, configuration);
            await Task.WhenAll(opening, mapping);
            await app.StartAsync(cancellation);
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Creates the services that read files now instead of at the first request. The first one opens and repairs the data folder.
    /// </summary>
    private static void Open(IServiceProvider services, ServerConfiguration configuration)
    {
        services.GetRequiredService<IImageRepository>();
        services.GetRequiredService<IJobStore>();
        if (configuration.Authentication.HasFlag(AuthenticationKind.Signature))
        {
            services.GetRequiredService<IUserKeys>();
        }

        services.GetRequiredService<CurrentUsers>();
        services.GetService<ServerCertificate>();
        OperatorLog.Warnings(
            services.GetRequiredService<ILoggerFactory>().CreateLogger(LogLevels.OperatorNotices), services.GetRequiredService<CurrentConfiguration>().Value);
    }

    private static WebApplication Create(ServerConfiguration configuration, Action<IServiceCollection>? replace = null)
    {
        // By default it would be the name of the process, which may be a test runner.
        var application = typeof(ServerHost).Assembly.GetName().Name;
        // The other builders read settings besides the configuration, and watch everything below the current folder.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = application });
        builder.WebHost.UseKestrelCore().UseSockets(KestrelLimits.Apply).UseKestrelHttpsConfiguration()
            .ConfigureKestrel(kestrel => KestrelLimits.Apply(kestrel, configuration));
        builder.Logging.ClearProviders().AddConsole(console => console.FormatterName = FormatterName.Of(configuration.LogFormat))
            .AddConsoleFormatter<LogFormatter, ConsoleFormatterOptions>()
            .AddConsoleFormatter<JsonLogFormatter, ConsoleFormatterOptions>()
            .AddConsoleFormatter<JournalLogFormatter, ConsoleFormatterOptions>();
        var levels = new LogLevels(configuration.LogLevel);
        builder.Services.AddSingleton(levels)
            .AddSingleton<IConfigureOptions<LoggerFilterOptions>>(levels)
            .AddSingleton<IOptionsChangeTokenSource<LoggerFilterOptions>>(levels);
        builder.Services.AddImgApi(configuration);
        builder.Configuration.AddInMemoryCollection(Telemetry.Settings(configuration, Environment.GetEnvironmentVariables()));
        builder.Services.AddTelemetry(builder.Configuration);
        replace?.Invoke(builder.Services);
        return builder.Build();
    }

    /// <summary>Only lists are compressed. Single manifests, files and icons are sent as they are stored.</summary>
    private static bool IsList(HttpContext context) =>
        context.Request.Path.Equals("/images", StringComparison.Ordinal) && !HttpMethods.IsPost(context.Request.Method);

    /// <summary>Adds the middlewares in the contract's order of checks: path, route, version, credentials, resource.</summary>
    private static void UsePipeline(WebApplication app, ServerConfiguration configuration)
    {
        // Keeps the framework from adding authentication in front of everything: credentials are checked per route, after routing.
        ((IApplicationBuilder)app).Properties["__AuthenticationMiddlewareSet"] = true;
        app.UseMiddleware<ResponseHeadersMiddleware>();
        if (configuration.LogRequests)
        {
            app.UseMiddleware<RequestLogMiddleware>();
        }

        app.UseMiddleware<ChangeLogMiddleware>();
        app.UseMiddleware<ErrorHandlingMiddleware>();
        app.UseMiddleware<FramingMiddleware>();
        app.UseMiddleware<PathBaseMiddleware>();
        app.UseMiddleware<TusMiddleware>();
        if (configuration.WebPage)
        {
            app.UseMiddleware<PageErrorsMiddleware>();
        }

        app.UseCrossOriginAccess(configuration.CorsOrigins.List);
        app.UseMiddleware<CachedReadMiddleware>();
        app.UseMiddleware<RequestScopeMiddleware>();
        app.UseMiddleware<UnbegunRequests.Marker>();
        app.UseMiddleware<PiecewiseAnswers>();
        app.UseMiddleware<PathMiddleware>();
        app.UseApiDocumentation(app.Services.GetService<PageAssets>()?.ApiPageHead ?? "");
        app.UseWhen(IsList, lists => lists.UseResponseCompression());
        app.UseRouting();
        app.UseMiddleware<RouteMiddleware>();
        app.UseAuthorization();
        app.UseMiddleware<CauseMiddleware>();
        app.MapControllers();
    }
}
