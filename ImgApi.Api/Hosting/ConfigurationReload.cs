using System.Runtime.InteropServices;
using ImgApi.Api.Logging;
using ImgApi.Domain.Audit;
using Microsoft.Extensions.Hosting.Systemd;

namespace ImgApi.Api.Hosting;

/// <summary>
/// Reloads the configuration at SIGHUP. Users, keys, roles, certificate and log level take effect at once; the log names the other changed keys,
/// which need a restart. An invalid file changes nothing. If the terminal was closed, the signal ends the server.
/// </summary>
internal sealed class ConfigurationReload(
    ServerConfiguration configuration, CurrentConfiguration current, CurrentUsers users, LogLevels levels, IAuditLog audit, IServiceProvider services,
    IHostApplicationLifetime lifetime, ISystemdNotifier systemd, ILoggerFactory loggers)
    : IHostedService, IDisposable
{
    private static readonly string[] Credentials = ["userdb", "authKeys", "roles"];

    private readonly ILogger _logger = loggers.CreateLogger(LogLevels.OperatorNotices);
    private readonly bool _hasTerminal = IsTerminalOpen();
    private readonly Lock _reloading = new();
    private ConfigurationSource? _last = configuration.Source;
    private PosixSignalRegistration? _signal;

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

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => _signal?.Dispose();

    private static bool IsTerminalOpen()
    {
        try
        {
            using var terminal = File.OpenHandle("/dev/tty");
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private void OnHangUp(string? file)
    {
        if (_hasTerminal && !IsTerminalOpen())
        {
            lifetime.StopApplication();
            return;
        }

        // Handlers of signals run concurrently; the last one to read the file must win.
        lock (_reloading)
        {
            if (!lifetime.ApplicationStopping.IsCancellationRequested)
            {
                using var reload = systemd.BeginReload();
                Reload(file);
            }
        }
    }

    private void Reload(string? file)
    {
        try
        {
            var next = ConfigurationFile.Read(file);
            var keys = KeysForRestart(next).ToArray();
            var waiting = keys.Length > 0 ? "a restart is needed for " + string.Join(", ", keys) : null;
            Apply(next);
            audit.Note((AuditEvent.By(new Cause("ReloadConfiguration")) with { Changed = ConfigurationChanges.Between(_last!, next.Source!) }).Because(waiting));
            _last = next.Source;
            OperatorLog.Reloaded(_logger, waiting is null ? "" : "; " + waiting);
            OperatorLog.Warnings(_logger, current.Value);
        }
        catch (ConfigurationException problem)
        {
            Refuse(string.Join("; ", problem.Problems));
            OperatorLog.NotReloaded(_logger, string.Join("; ", problem.Problems), _last!.Name);
        }
        // An exception in the handler of a signal would end the process.
        catch (Exception fault)
        {
            Refuse("reloaded only in part, see the log");
            OperatorLog.ReloadFailed(_logger, fault);
        }
    }

    private void Refuse(string reason) => audit.Note(AuditEvent.By(new Cause("RefuseConfiguration")).Because(reason));

    private void Apply(ServerConfiguration next)
    {
        // With another kind of authentication, which needs a restart, the users and keys for the current one stay.
        if (next.Authentication == configuration.Authentication)
        {
            users.Replace(next);
        }

        levels.Change(next.LogLevel);
        services.GetService<ServerCertificate>()?.Current();
        current.Change(before => before with { LogLevel = next.LogLevel });
    }

    /// <summary>The changed keys that need a restart.</summary>
    private IEnumerable<string> KeysForRestart(ServerConfiguration next)
    {
        string[] reloadable = next.Authentication == configuration.Authentication ? ["logLevel", .. Credentials] : ["logLevel"];
        return ConfigurationChanges.Keys(configuration.Source!, next.Source!).Except(reloadable);
    }
}
