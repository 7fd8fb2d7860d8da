using ImgApi.Domain.Audit;

namespace ImgApi.Domain.Notifications;

/// <summary>Receives what happens to notifications, for the log.</summary>
public interface INotificationObserver
{
    /// <summary>A receiver does not take an event, which will be tried again. Not repeated for the same reason.</summary>
    void Failed(Webhook webhook, AuditEvent one, string reason);

    /// <summary>A receiver has not taken an event for so long that it is not tried any more.</summary>
    void Skipped(Webhook webhook, AuditEvent one, string reason);
}
