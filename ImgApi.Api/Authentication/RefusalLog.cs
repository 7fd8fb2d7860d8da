using System.Net;

namespace ImgApi.Api.Authentication;

/// <summary>The log line of wrong credentials.</summary>
internal static partial class RefusalLog
{
    public static void Write(ILogger logger, HttpContext context, Verdict verdict) =>
        Refused(logger, VisibleText.Cut(verdict.User), context.Connection.RemoteIpAddress, VisibleText.Cut(verdict.Refusal));

    [LoggerMessage(Level = LogLevel.Warning, Message = "credentials refused: user {User}, address {Address}, reason {Reason}")]
    private static partial void Refused(ILogger logger, string user, IPAddress? address, string reason);
}
