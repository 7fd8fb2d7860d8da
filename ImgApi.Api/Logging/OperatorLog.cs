namespace ImgApi.Api.Logging;

/// <summary>Messages that the operator must read at every log level, for loggers of the category <see cref="LogLevels.OperatorNotices"/>.</summary>
internal static partial class OperatorLog
{
    public static void Warnings(ILogger logger, ServerConfiguration configuration)
    {
        foreach (var warning in ConfigurationWarnings.Of(configuration))
        {
            Warning(logger, warning);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "configuration reloaded{Waiting}")]
    public static partial void Reloaded(ILogger logger, string waiting);

    [LoggerMessage(Level = LogLevel.Error, Message = "configuration not reloaded, keeping the previous one: {Problems} ({File})")]
    public static partial void NotReloaded(ILogger logger, string problems, string file);

    [LoggerMessage(Level = LogLevel.Error, Message = "configuration reloaded only in part")]
    public static partial void ReloadFailed(ILogger logger, Exception fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Warning}")]
    private static partial void Warning(ILogger logger, string warning);
}
