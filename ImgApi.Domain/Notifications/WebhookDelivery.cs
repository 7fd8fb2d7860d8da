using ImgApi.Domain.Audit;

namespace ImgApi.Domain.Notifications;

/// <summary>
/// Delivers the events of the audit to one receiver: each at least once, in their order, and only those of changes that took effect. The audit is
/// the queue, so nothing is lost by a restart, and nothing else grows while the receiver is down.
/// </summary>
public sealed class WebhookDelivery(
    Webhook webhook, IAuditLog audit, IImageRepository images, IWebhookSender sender, IWebhookProgress progress, INotificationObserver observer,
    TimeProvider clock)
{
    /// <summary>How long an event is tried. Then it is skipped, so that one that the receiver never takes does not keep all later ones back.</summary>
    public static readonly TimeSpan GiveUpAfter = TimeSpan.FromDays(1);

    private const int BatchSize = 100;

    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(15);

    /// <summary>The receiver.</summary>
    public Webhook Webhook => webhook;

    /// <summary>Number of events that were not yet looked at.</summary>
    public long Backlog => Math.Max(0, audit.LastNumber - (progress.Find(webhook) ?? audit.LastNumber));

    /// <summary>Why the last attempt failed; null if it succeeded.</summary>
    public string? Failure { get; private set; }

    /// <summary>Delivers until it is canceled. A new receiver gets the events from now on.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var last = progress.Find(webhook) ?? audit.LastNumber;
        progress.Advance(webhook, last);
        while (true)
        {
            var batch = await audit.ReadAfterAsync(last, BatchSize, stop);
            foreach (var one in batch)
            {
                if (NotificationKinds.Of(one) is { } kind && webhook.Kinds.Contains(kind) && await TookEffectAsync(one, stop))
                {
                    await DeliverAsync(kind, one, stop);
                }

                last = one.Number;
                progress.Advance(webhook, last);
            }

            if (batch.Count > 0)
            {
                progress.Save();
                continue;
            }

            // At least one pause, also if the last event cannot be read.
            do
            {
                await Task.Delay(Pace, clock, stop);
            }
            while (audit.LastNumber <= last);
        }
    }

    /// <summary>Waits for the change, whose event comes first.</summary>
    private async Task<bool> TookEffectAsync(AuditEvent one, CancellationToken stop)
    {
        if (!one.IsChange)
        {
            return true;
        }

        await images.FindSettledAsync(one.Image!.Value, stop);
        var later = await audit.ReadAsync(new AuditQuery { Image = one.Image, After = one.Number, Limit = AuditQuery.MaxLimit }, stop);
        return later.All(other => other.Corrects != one.Number);
    }

    private async Task DeliverAsync(NotificationKind kind, AuditEvent one, CancellationToken stop)
    {
        var begin = clock.GetUtcNow();
        for (var pause = Pace; ; pause = pause + pause < LongestPause ? pause + pause : LongestPause)
        {
            var before = Failure;
            Failure = await sender.SendAsync(webhook, kind, one, stop);
            if (Failure is null)
            {
                return;
            }

            if (Failure != before)
            {
                observer.Failed(webhook, one, Failure);
            }

            progress.Save();
            if (clock.GetUtcNow() + pause - begin > GiveUpAfter)
            {
                observer.Skipped(webhook, one, Failure);
                return;
            }

            await Task.Delay(pause, clock, stop);
        }
    }
}
