using ImgApi.Domain.Audit;
using ImgApi.Infrastructure.Hosting;

namespace ImgApi.Api.Background;

/// <summary>Removes images that were never activated, every hour, if <c>unactivatedLifespanDays</c> is set.</summary>
internal sealed partial class UnactivatedCleanUp(
    UnactivatedPurge purge, ServerConfiguration configuration, TimeProvider clock, ILogger<UnactivatedCleanUp> logger) : WorkAfterStart(logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task WorkAsync(CancellationToken stopping)
    {
        Cause.Current = new Cause("RemoveUnactivated");
        var lifespan = TimeSpan.FromDays(configuration.UnactivatedLifespanDays);
        while (lifespan > TimeSpan.Zero)
        {
            await purge.PassAsync(
                lifespan,
                (image, last) => LogRemoved(image.Uuid, image.Details.Name, image.Details.Version, last),
                (image, refusal) => LogKept(image.Uuid, refusal.Message),
                stopping);
            await Task.Delay(Interval, clock, stopping);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "image {Uuid} ({Name} {Version}) was removed: it was never activated, and last changed {At:yyyy-MM-dd}")]
    private partial void LogRemoved(Uuid uuid, string name, string version, DateTimeOffset at);

    [LoggerMessage(Level = LogLevel.Debug, Message = "image {Uuid} was never activated, but cannot be removed: {Reason}")]
    private partial void LogKept(Uuid uuid, string reason);
}
