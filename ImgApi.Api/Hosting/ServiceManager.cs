using Microsoft.Extensions.Hosting.Systemd;

namespace ImgApi.Api.Hosting;

/// <summary>
/// What a server under systemd says to it (<c>Type=notify</c>): ready, reloading, stopping, and alive. A server that was started otherwise says
/// nothing.
/// </summary>
internal static class ServiceManager
{
    private static readonly ServiceState Reloading = new("RELOADING=1");

    public static IServiceCollection AddServiceManager(this IServiceCollection services)
    {
        var systemd = new SystemdNotifier();
        services.AddSingleton<ISystemdNotifier>(systemd);
        if (systemd.IsEnabled)
        {
            // Says ready when requests are answered, and stopping at SIGTERM.
            services.AddSingleton<IHostLifetime, SystemdLifetime>();
            services.AddHostedService<Watchdog>();
        }

        return services;
    }

    /// <summary>Says that the server is reloading, and ready again when the result is disposed.</summary>
    public static IDisposable BeginReload(this ISystemdNotifier systemd)
    {
        systemd.Notify(Reloading);
        return new Reload(systemd);
    }

    private sealed class Reload(ISystemdNotifier systemd) : IDisposable
    {
        public void Dispose() => systemd.Notify(ServiceState.Ready);
    }
}
