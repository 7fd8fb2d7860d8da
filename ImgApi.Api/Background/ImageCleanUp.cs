using ImgApi.Domain.Audit;
using ImgApi.Infrastructure.Hosting;

namespace ImgApi.Api.Background;

/// <summary>
/// Removes images that were never activated, if <c>unactivatedLifespanDays</c> is set, and images that are too old, if <c>retention</c> is set,
/// every hour.
/// </summary>
internal sealed partial class ImageCleanUp(
    UnactivatedPurge unactivated, ImageRetention retention, ServerConfiguration configuration, TimeProvider clock, ILogger<ImageCleanUp> logger) : WorkAfterStart(logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task WorkAsync(CancellationToken stopping)
    {
        while (true)
        {
            await RemoveUnactivatedAsync(stopping);
            await RemoveOldAsync(stopping);
            await Task.Delay(Interval, clock, stopping);
        }
    }

    private async Task RemoveUnactivatedAsync(CancellationToken stopping)
    {
        if (configuration.UnactivatedLifespanDays > 0)
        {
            Cause.Current = new Cause("RemoveUnactivated");
            await unactivated.PassAsync(
                TimeSpan.FromDays(configuration.UnactivatedLifespanDays),
                (image, last) => LogUnactivatedRemoved(image.Uuid, image.Details.Name, image.Details.Version, last),
                (image, refusal) => LogUnactivatedKept(image.Uuid, refusal.Message),
                stopping);
        }
    }

    private async Task RemoveOldAsync(CancellationToken stopping)
    {
        if (configuration.Retention is { } keys)
        {
            Cause.Current = new Cause("Retention");
            await retention.PassAsync(
                keys.Rules,
                image => LogOldRemoved(image.Uuid, image.Details.Name, image.Details.Version),
                (image, refusal) => LogOldKept(image.Uuid, refusal.Message),
                stopping);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "image {Uuid} ({Name} {Version}) was removed: it was never activated, and last changed {At:yyyy-MM-dd}")]
    private partial void LogUnactivatedRemoved(Uuid uuid, string name, string version, DateTimeOffset at);

    [LoggerMessage(Level = LogLevel.Debug, Message = "image {Uuid} was never activated, but cannot be removed: {Reason}")]
    private partial void LogUnactivatedKept(Uuid uuid, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "image {Uuid} ({Name} {Version}) was removed: it is too old by the key retention")]
    private partial void LogOldRemoved(Uuid uuid, string name, string version);

    [LoggerMessage(Level = LogLevel.Warning, Message = "image {Uuid} is too old by the key retention, but cannot be removed: {Reason}")]
    private partial void LogOldKept(Uuid uuid, string reason);
}
