using ImgApi.Domain.Audit;

namespace ImgApi.Domain.Notifications;

/// <summary>Sends notifications.</summary>
public interface IWebhookSender
{
    /// <summary>Posts an event to a receiver.</summary>
    /// <returns>Null if the receiver has taken it (a status from 200 to 299); otherwise why not.</returns>
    Task<string?> SendAsync(Webhook webhook, NotificationKind kind, AuditEvent one, CancellationToken cancellation);
}
