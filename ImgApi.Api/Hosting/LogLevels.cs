using ImgApi.Api.Authentication;

namespace ImgApi.Api.Hosting;

/// <summary>What is worth a line in the log.</summary>
internal static class LogLevels
{
    /// <summary>The server's own news, and the framework's warnings.</summary>
    /// <param name="logging">The log.</param>
    /// <param name="least">The least important news that are logged; of the framework's, warnings at least, unless it is debugged.</param>
    public static void Apply(ILoggingBuilder logging, LogLevel least) => logging
        .SetMinimumLevel(least)
        .AddFilter("Microsoft", least < LogLevel.Information ? least : Max(least, LogLevel.Warning))
        // Why a start failed is told in a line on standard error; here it would have a stack. Work that failed later is critical.
        .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", least < LogLevel.Information ? least : LogLevel.Critical)
        .AddFilter("Microsoft.Hosting.Lifetime", Max(least, LogLevel.Information))
        // Only its remarks on each request. While somebody might listen, the framework sets up a trace for each of them.
        .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", least < LogLevel.Information ? least : LogLevel.None)
        // Answered by the error body; the framework would log a stack for each refused request.
        .AddFilter("Microsoft.AspNetCore.Server.Kestrel.BadRequests", LogLevel.Error)
        // The framework's remarks on each refused request; what matters of them is logged as a warning.
        .AddFilter(typeof(CredentialsHandler).FullName, LogLevel.Warning)
        // One line about the licence at each start; docs/architecture.md says what the owner decided.
        .AddFilter("LuckyPennySoftware.AutoMapper.License", LogLevel.None);

    private static LogLevel Max(LogLevel one, LogLevel other) => one > other ? one : other;
}
