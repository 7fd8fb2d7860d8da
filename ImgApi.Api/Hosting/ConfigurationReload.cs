using System.Runtime.InteropServices;
using System.Text.Json;
using ImgApi.Api.Configuration;
using ImgApi.Domain.Access;
using ImgApi.Domain.Errors;

namespace ImgApi.Api.Hosting;

/// <summary>
/// Reads the configuration again at SIGHUP. Users, keys, certificate and log level count at once; what else has changed needs a
/// restart, which the log says. A file that cannot be used changes nothing.
/// </summary>
internal sealed partial class ConfigurationReload(
    ServerConfiguration configuration, LogLevels levels, IServiceProvider services, ILogger<ConfigurationReload> logger)
    : IHostedService, IDisposable
{
    private static readonly string[] Reloadable = ["userdb", "authKeys", "logLevel"];

    private PosixSignalRegistration? _signal;
    private volatile ServerConfiguration? _reloaded;

    /// <summary>The configuration that counts now.</summary>
    public ServerConfiguration Current => _reloaded ?? configuration;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (configuration.Source is not null && !OperatingSystem.IsWindows())
        {
            _signal = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
            {
                signal.Cancel = true;
                Reload(configuration.Source.File);
            });
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose() => _signal?.Dispose();

    private void Reload(string file)
    {
        try
        {
            var next = ConfigurationFile.Read(file);
            Apply(next);
            var waiting = string.Join(", ", NeedRestart(next));
            LogReloaded(waiting.Length > 0 ? "; a restart is needed for " + waiting : "");
            StartUp.Warn(logger, Current);
        }
        catch (Exception fault) when (fault is ConfigurationException or ImgApiException)
        {
            LogRefused(fault.Message);
        }
    }

    private void Apply(ServerConfiguration next)
    {
        services.GetRequiredService<IUserPasswords>().Replace(next.Users.Select(user => KeyValuePair.Create(user.Name, user.Password)));
        services.GetService<ServerCertificate>()?.Current();
        levels.Change(next.LogLevel);
        // Fixed, since it may follow from which credentials there are.
        _reloaded = configuration with { Users = next.Users, Keys = next.Keys, LogLevel = next.LogLevel, Authentication = configuration.Authentication };
        if (Current.Authentication.HasFlag(AuthenticationKind.Signature))
        {
            services.GetRequiredService<IUserKeys>().Replace(next.Keys);
        }
    }

    /// <summary>The keys of the file whose change does not count yet.</summary>
    private IEnumerable<string> NeedRestart(ServerConfiguration next)
    {
        var (before, after) = (Members(configuration), Members(next));
        var changed = before.Keys.Union(after.Keys).Except(Reloadable)
            .Where(key => !(before.TryGetValue(key, out var one) && after.TryGetValue(key, out var other) && JsonElement.DeepEquals(one, other)));
        return next.Authentication == configuration.Authentication ? changed : changed.Append("authType").Distinct();
    }

    private static Dictionary<string, JsonElement> Members(ServerConfiguration configuration) =>
        configuration.Source!.Json.EnumerateObject().ToDictionary(member => member.Name, member => member.Value);

    [LoggerMessage(Level = LogLevel.Information, Message = "configuration reloaded: users, keys, certificate and log level{Waiting}")]
    private partial void LogReloaded(string waiting);

    [LoggerMessage(Level = LogLevel.Error, Message = "configuration not reloaded, the settings from before stay: {Reason}")]
    private partial void LogRefused(string reason);
}
