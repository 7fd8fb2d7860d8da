namespace ImgApi.Api.Logging;

/// <summary>What an operator must read whatever the log level is; for loggers of the category <see cref="LogLevels.OperatorNotices"/>.</summary>
internal static partial class OperatorLog
{
    /// <summary>Something in the configuration deserves attention.</summary>
    [LoggerMessage(Level = LogLevel.Warning, Message = "{Warning}")]
    public static partial void Warning(ILogger logger, string warning);

    /// <summary>The configuration was read again.</summary>
    [LoggerMessage(Level = LogLevel.Information, Message = "configuration reloaded{Waiting}")]
    public static partial void Reloaded(ILogger logger, string waiting);

    /// <summary>The configuration file cannot be used.</summary>
    [LoggerMessage(Level = LogLevel.Error, Message = "configuration not reloaded, the settings from before stay: {Problems} ({File})")]
    public static partial void NotReloaded(ILogger logger, string problems, string file);

    /// <summary>A fault of the server itself.</summary>
    [LoggerMessage(Level = LogLevel.Error, Message = "configuration reloaded in part only")]
    public static partial void ReloadFailed(ILogger logger, Exception fault);
}
