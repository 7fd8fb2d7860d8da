namespace ImgApi.Api.Hosting;

/// <summary>What is worth a line in the log.</summary>
internal static class LogLevels
{
    /// <summary>The server's own news, and the framework's warnings.</summary>
    public static void Apply(ILoggingBuilder logging) => logging
        .SetMinimumLevel(LogLevel.Information)
        .AddFilter("Microsoft", LogLevel.Warning)
        .AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information)
        // Answered by the error body; the framework would log a stack for each refused request.
        .AddFilter("Microsoft.AspNetCore.Server.Kestrel.BadRequests", LogLevel.Error)
        // One line about the licence at each start; docs/architecture.md says what the owner decided.
        .AddFilter("LuckyPennySoftware.AutoMapper.License", LogLevel.None);
}
