using System.Runtime.InteropServices;
using ImgApi.Api.Logging;

namespace ImgApi.Api.Hosting;

/// <summary>
/// Reloads the configuration at SIGHUP. Users, keys, roles, certificate and log level take effect at once; the log names the other changed keys,
/// which need a restart. An invalid file changes nothing. If the terminal was closed, the signal ends the server.
/// </summary>
internal sealed class ConfigurationReload(
    ServerConfiguration configuration, CurrentConfiguration current, LogLevels levels, IServiceProvider services, IHostApplicationLifetime lifetime, ILoggerFactory loggers)
    : IHostedService, IDisposable
{
    private static readonly string[] Credentials = ["userdb", "authKeys", "roles"];

    private readonly ILogger _logger = loggers.CreateLogger(LogLevels.OperatorNotices);
    private readonly bool _hasTerminal = IsTerminalOpen();
    private readonly Lock _reloading = new();
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

    private void OnHangUp(string file)
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
                Reload(file);
            }
        }
    }

    private void Reload(string file)
    {
        try
        {
            var next = ConfigurationFile.Read(file);
            var waiting = KeysForRestart(next).ToArray();
            Apply(next);
            OperatorLog.Reloaded(_logger, waiting.Length > 0 ? "; a restart is needed for " + string.Join(", ", waiting) : "");
            OperatorLog.Warnings(_logger, current.Value);
        }
        catch (ConfigurationException problem)
        {
            OperatorLog.NotReloaded(_logger, string.Join("; ", problem.Problems), file);
        }
        // An exception in the handler of a signal would end the process.
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
            return; // the other kind of authentication needs a restart, so the users and keys for the current one stay
        }

        current.Value = current.Value with { Roles = LowerRoles(current.Value, next) };
        services.GetRequiredService<IUserPasswords>().Replace(next.Users.Select(user => KeyValuePair.Create(user.Name, user.Password)));
        services.GetRequiredService<IUserKeys>().Replace(next.Keys);
        current.Value = current.Value with { Users = next.Users, Keys = next.Keys, Roles = next.Roles };
    }

    /// <summary>
    /// The roles while the credentials are replaced. A user without a role is an administrator, so the role must be known before the credentials
    /// are, and forgotten after them.
    /// </summary>
    private static Dictionary<string, Role> LowerRoles(ServerConfiguration before, ServerConfiguration next)
    {
        var users = new[] { before, next }.SelectMany(one => one.Users.Select(user => user.Name).Concat(one.Roles.Keys)).Distinct();
        return users.ToDictionary(user => user, user => (Role)Math.Min((int)before.RoleOf(user), (int)next.RoleOf(user)), StringComparer.Ordinal);
    }

    /// <summary>The changed keys that need a restart.</summary>
    private IEnumerable<string> KeysForRestart(ServerConfiguration next)
    {
        var (before, after) = (configuration.Source!.Values, next.Source!.Values);
        string[] reloadable = next.Authentication == configuration.Authentication ? ["logLevel", .. Credentials] : ["logLevel"];
        return before.Keys.Union(after.Keys).Except(reloadable)
            .Where(key => !(before.TryGetValue(key, out var one) && after.TryGetValue(key, out var other) && JsonElement.DeepEquals(one, other)));
    }
}
