using Microsoft.Extensions.Logging;

namespace ImgApi.Infrastructure.Security;

/// <summary>Log messages about users' keys.</summary>
internal static partial class SecurityLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "{File}, line {Line}: not an OpenSSH public key that this server can use; skipped")]
    public static partial void LineSkipped(ILogger logger, string file, int line);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The keys cannot be read; the previous ones stay valid: {Reason}")]
    public static partial void NotReloaded(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{File} is missing or a dangling link, and contains no keys")]
    public static partial void KeyFileMissing(ILogger logger, string file);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Keys} of {Users} loaded")]
    public static partial void KeysLoaded(ILogger logger, string keys, string users);
}
