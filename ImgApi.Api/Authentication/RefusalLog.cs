using System.Net;
using ImgApi.Api.Observability;
using ImgApi.Domain.Audit;

namespace ImgApi.Api.Authentication;

/// <summary>Logs and counts wrong credentials, and records their events.</summary>
internal static partial class RefusalLog
{
    public static void Write(ILogger logger, HttpContext context, Verdict verdict)
    {
        var (address, isThrottled) = (context.Connection.RemoteIpAddress, verdict.RetryAfter is not null);
        context.RequestServices.GetRequiredService<RefusedCredentials>().Count(isThrottled);
        Refused(logger, VisibleText.Cut(verdict.User), address, VisibleText.Cut(verdict.Refusal));
        // Without a limit, somebody could fill the disk with them.
        if (!isThrottled)
        {
            var cause = new Cause("RefuseCredentials", verdict.User, Token: null, ClientAddress.TextOf(address), context.TraceIdentifier);
            context.RequestServices.GetRequiredService<IAuditLog>().Note(AuditEvent.By(cause).Because(verdict.Refusal));
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "credentials refused: user {User}, address {Address}, reason {Reason}")]
    private static partial void Refused(ILogger logger, string user, IPAddress? address, string reason);
}
