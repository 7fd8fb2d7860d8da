using ImgApi.Domain.Audit;
using ImgApi.Domain.Notifications;
using ImgApi.Infrastructure.Hosting;

namespace ImgApi.Api.Background;

/// <summary>Delivers events to the configured webhooks, each at its own pace.</summary>
internal sealed partial class Webhooks(
    ServerConfiguration configuration, IAuditLog audit, IImageRepository images, IWebhookSender sender, IWebhookProgress progress, TimeProvider clock,
    ILogger<Webhooks> logger) : WorkAfterStart(logger), INotificationObserver
{
    private WebhookDelivery[] _deliveries = [];

    /// <summary>A sentence for each receiver that does not take its events.</summary>
    public IEnumerable<string> Warnings =>
        from delivery in _deliveries
        where delivery.Failure is not null
        select $"the webhook {delivery.Webhook} fails: {delivery.Failure}; {Count.Of(delivery.Backlog, "event")} wait";

    /// <summary>Number of events that wait for a receiver.</summary>
    public long Backlog => _deliveries.Sum(delivery => delivery.Backlog);

    public void Failed(Webhook webhook, AuditEvent one, string reason) => LogFailed(webhook.Name, one.Number, reason);

    public void Skipped(Webhook webhook, AuditEvent one, string reason) => LogSkipped(webhook.Name, one.Number, reason);

    protected override async Task WorkAsync(CancellationToken stopping)
    {
        _deliveries = [.. configuration.Webhooks.Select(entry =>
            new WebhookDelivery(entry.ToWebhook(), audit, images, sender, progress, this, clock))];
        await Task.WhenAll(_deliveries.Select(delivery => RunAsync(delivery, stopping)));
    }

    /// <summary>Begins again after a fault, such as an audit that cannot be read for a moment.</summary>
    private async Task RunAsync(WebhookDelivery delivery, CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                await delivery.RunAsync(stopping);
            }
            catch (Exception fault) when (!stopping.IsCancellationRequested)
            {
                LogInterrupted(delivery.Webhook.Name, fault);
                await Task.Delay(TimeSpan.FromMinutes(1), clock, stopping);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "the webhook {Webhook} does not take event {Number}, which is tried again: {Reason}")]
    private partial void LogFailed(string webhook, long number, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "the webhook {Webhook} has not taken event {Number} for a day; it is skipped: {Reason}")]
    private partial void LogSkipped(string webhook, long number, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "the deliveries to the webhook {Webhook} begin again in a minute")]
    private partial void LogInterrupted(string webhook, Exception fault);
}
