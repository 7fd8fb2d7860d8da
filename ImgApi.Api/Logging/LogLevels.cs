using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace ImgApi.Api.Logging;

/// <summary>The log filters: the server's events from the minimum level, and warnings of the framework. The level can change while the server runs.</summary>
internal sealed class LogLevels(LogLevel minimum) : IConfigureOptions<LoggerFilterOptions>, IOptionsChangeTokenSource<LoggerFilterOptions>
{
    /// <summary>Log category for messages that the operator must read at every log level.</summary>
    public const string OperatorNotices = "imgapi.operator";

    private ConfigurationReloadToken _changed = new();
    private volatile LogLevel _minimum = minimum;

    public LogLevel Minimum => _minimum;

    public string Name => Options.DefaultName;

    /// <summary>Changes the level of all loggers at once.</summary>
    public void Change(LogLevel to)
    {
        _minimum = to;
        Interlocked.Exchange(ref _changed, new ConfigurationReloadToken()).OnReload();
    }

    public IChangeToken GetChangeToken() => _changed;

    public void Configure(LoggerFilterOptions options)
    {
        var (level, isDebugged) = (_minimum, _minimum < LogLevel.Information);
        options.MinLevel = level;
        options
            .AddFilter(Greeting.Category, LogLevel.Information)
            .AddFilter(OperatorNotices, LogLevel.Information)
            .AddFilter("Microsoft", isDebugged || level > LogLevel.Warning ? level : LogLevel.Warning)
            // A failed start is already reported on standard error in one line. Background work that fails later is logged as critical.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", isDebugged ? level : LogLevel.Critical)
            // The greeting contains the relevant part.
            .AddFilter("Microsoft.Hosting.Lifetime", isDebugged ? level : LogLevel.Warning)
            // Its lines on each request. As long as it is enabled, the framework creates a trace for each request.
            .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", isDebugged ? level : LogLevel.None)
            // Each refused request would be logged with a stack trace.
            .AddFilter("Microsoft.AspNetCore.Server.Kestrel.BadRequests", LogLevel.Error)
            // The framework's lines on each refused request; CredentialsHandler logs them as warnings itself.
            .AddFilter(typeof(CredentialsHandler).FullName, LogLevel.Warning)
            // One line on the license at each start; see docs/decisions/0007-automapper.md.
            .AddFilter("LuckyPennySoftware.AutoMapper.License", LogLevel.None);
    }
}
