using System.Runtime.InteropServices;
using System.Text.Json;
using ImgApi.Api.Configuration;
using ImgApi.Api.Logging;
using ImgApi.Domain.Access;

namespace ImgApi.Api.Hosting;

/// <summary>
/// Reads the configuration again at SIGHUP. Users, keys, certificate and log level count at once; what else has changed needs a
/// restart, which the log says. A file that cannot be used changes nothing. A server whose terminal was closed ends instead.
/// </summary>
internal sealed class ConfigurationReload(
    ServerConfiguration configuration, CurrentConfiguration current, LogLevels levels, IServiceProvider services, IHostApplicationLifetime lifetime, ILoggerFactory loggers)
    : IHostedService, IDisposable
{
    private static readonly string[] Credentials = ["userdb", "authKeys"];

    private readonly ILogger _logger = loggers.CreateLogger(LogLevels.OperatorNotices);
    private readonly bool _hasTerminal = Terminal.IsOpen();
    private readonly Lock _reloading = new();
    private PosixSignalRegistration? _signal;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (configuration.Source is { } source && !OperatingSystem.IsWindows())
        {
            _signal = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
            {
                signal.Cancel = true;
                OnHangUp(source.File);
            });
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose() => _signal?.Dispose();

    private void OnHangUp(string file)
    {
        if (_hasTerminal && !Terminal.IsOpen())
        {
            lifetime.StopApplication();
            return;
        }

        // Signals are handled side by side; the file that was read last must be the one that counts.
        lock (_reloading)
        {
            if (!lifetime.ApplicationStopping.IsCancellationRequested)
            {
                Reload(file);
            }
        }
    }

    private void Reload(string file)
    {
        try
        {
            var next = ConfigurationFile.Read(file);
            var waiting = NeedRestart(next).ToArray();
            Apply(next);
            OperatorLog.Reloaded(_logger, waiting.Length > 0 ? "; a restart is needed for " + string.Join(", ", waiting) : "");
            StartUp.Warn(_logger, current.Value);
        }
        catch (ConfigurationException problem)
        {
            OperatorLog.NotReloaded(_logger, string.Join("; ", problem.Problems), file);
        }
        // A fault here would end the process, since nobody waits for the handler of a signal.
        catch (Exception fault)
        {
            OperatorLog.ReloadFailed(_logger, fault);
        }
    }

    private void Apply(ServerConfiguration next)
    {
        levels.Change(next.LogLevel);
        services.GetService<ServerCertificate>()?.Current();
        current.Value = current.Value with { LogLevel = next.LogLevel };
        if (next.Authentication != configuration.Authentication)
        {
            return; // users and keys as before, until the restart that brings the other way to check them
        }

        services.GetRequiredService<IUserPasswords>().Replace(next.Users.Select(user => KeyValuePair.Create(user.Name, user.Password)));
        services.GetRequiredService<IUserKeys>().Replace(next.Keys);
        current.Value = current.Value with { Users = next.Users, Keys = next.Keys };
    }

    /// <summary>The keys whose change does not count yet.</summary>
    private IEnumerable<string> NeedRestart(ServerConfiguration next)
    {
        var (before, after) = (configuration.Source!.Values, next.Source!.Values);
        string[] reloadable = next.Authentication == configuration.Authentication ? ["logLevel", .. Credentials] : ["logLevel"];
        return before.Keys.Union(after.Keys).Except(reloadable)
            .Where(key => !(before.TryGetValue(key, out var one) && after.TryGetValue(key, out var other) && JsonElement.DeepEquals(one, other)));
    }
}
