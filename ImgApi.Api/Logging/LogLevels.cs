using ImgApi.Api.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace ImgApi.Api.Logging;

/// <summary>Which events are logged: the server's own from a level on, the framework's warnings. The level can change while the server runs.</summary>
/// <param name="least">The level that counts first.</param>
internal sealed class LogLevels(LogLevel least) : IConfigureOptions<LoggerFilterOptions>, IOptionsChangeTokenSource<LoggerFilterOptions>
{
    /// <summary>Category of what an operator must read whatever the level is.</summary>
    public const string OperatorNotices = "imgapi.operator";

    private ConfigurationReloadToken _changed = new();
    private volatile LogLevel _least = least;

    /// <summary>The level that counts first.</summary>
    public LogLevel Least => _least;

    /// <inheritdoc/>
    public string Name => Options.DefaultName;

    /// <summary>Changes the level at once, for all loggers.</summary>
    public void Change(LogLevel to)
    {
        _least = to;
        Interlocked.Exchange(ref _changed, new ConfigurationReloadToken()).OnReload();
    }

    /// <inheritdoc/>
    public IChangeToken GetChangeToken() => _changed;

    /// <inheritdoc/>
    public void Configure(LoggerFilterOptions options)
    {
        var (level, isDebugged) = (_least, _least < LogLevel.Information);
        options.MinLevel = level;
        options
            .AddFilter(Greeting.Category, LogLevel.Information)
            .AddFilter(OperatorNotices, LogLevel.Information)
            .AddFilter("Microsoft", isDebugged || level > LogLevel.Warning ? level : LogLevel.Warning)
            // One line on standard error says why a start failed; here it would have a stack trace. Work that failed later is critical.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", isDebugged ? level : LogLevel.Critical)
            // The greeting has what a person needs of it.
            .AddFilter("Microsoft.Hosting.Lifetime", isDebugged ? level : LogLevel.Warning)
            // Only its remarks on each request. While a logger might listen, the framework sets up a trace for each of them.
            .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", isDebugged ? level : LogLevel.None)
            // Answered by the error body; the framework would log a stack trace for each refused request.
            .AddFilter("Microsoft.AspNetCore.Server.Kestrel.BadRequests", LogLevel.Error)
            // The framework's remarks on each refused request; the handler itself logs what matters as a warning.
            .AddFilter(typeof(CredentialsHandler).FullName, LogLevel.Warning)
            // One line about the licence at each start; docs/dependencies.md says what the owner decided.
            .AddFilter("LuckyPennySoftware.AutoMapper.License", LogLevel.None);
    }
}
