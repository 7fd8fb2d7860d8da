namespace ImgApi.Domain.Notifications;

/// <summary>How far the audit was delivered to each receiver, kept over restarts. After a kill or a fault of the disk it may be a little behind.</summary>
public interface IWebhookProgress
{
    /// <summary>Number of the last event that needs no delivery any more; null for a receiver that is new.</summary>
    long? Find(Webhook webhook);

    void Advance(Webhook webhook, long number);

    /// <summary>Makes the numbers durable. A fault of the disk is logged.</summary>
    void Save();
}
