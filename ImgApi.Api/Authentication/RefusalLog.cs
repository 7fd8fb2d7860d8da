using System.Net;
using ImgApi.Api.Observability;

namespace ImgApi.Api.Authentication;

/// <summary>Logs and counts wrong credentials.</summary>
internal static partial class RefusalLog
{
    public static void Write(ILogger logger, HttpContext context, Verdict verdict)
    {
        context.RequestServices.GetRequiredService<RefusedCredentials>().Count(isThrottled: verdict.RetryAfter is not null);
        Refused(logger, VisibleText.Cut(verdict.User), context.Connection.RemoteIpAddress, VisibleText.Cut(verdict.Refusal));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "credentials refused: user {User}, address {Address}, reason {Reason}")]
    private static partial void Refused(ILogger logger, string user, IPAddress? address, string reason);
}
