using ImgApi.Domain.Audit;
using ImgApi.Infrastructure.Hosting;

namespace ImgApi.Api.Background;

/// <summary>Removes images that are too old, every hour, if <c>retention</c> is set.</summary>
internal sealed partial class RetentionService(
    ImageRetention retention, ServerConfiguration configuration, TimeProvider clock, ILogger<RetentionService> logger) : WorkAfterStart(logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task WorkAsync(CancellationToken stopping)
    {
        Cause.Current = new Cause("Retention");
        while (configuration.Retention is { } keys)
        {
            await retention.PassAsync(
                keys.Rules,
                image => LogRemoved(image.Uuid, image.Details.Name, image.Details.Version),
                (image, refusal) => LogKept(image.Uuid, refusal.Message),
                stopping);
            await Task.Delay(Interval, clock, stopping);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "image {Uuid} ({Name} {Version}) was removed: it is too old by the key retention")]
    private partial void LogRemoved(Uuid uuid, string name, string version);

    [LoggerMessage(Level = LogLevel.Warning, Message = "image {Uuid} is too old by the key retention, but cannot be removed: {Reason}")]
    private partial void LogKept(Uuid uuid, string reason);
}
