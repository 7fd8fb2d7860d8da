using ImgApi.Api.Configuration;
using ImgApi.Api.Jobs;
using ImgApi.Domain.Errors;
using ImgApi.Domain.Images;
using ImgApi.Infrastructure;

namespace ImgApi.Api.Integrity;

/// <summary>
/// Removes images that were never activated and that nobody has worked on for the configured time. Off unless it is configured. An
/// image with an upload under way counts as worked on; one that a job is to make, or that others are based on, stays.
/// </summary>
internal sealed partial class UnactivatedCleanUp(
    IImageRepository images, IImageActivity activity, JobDesk jobs, ServerConfiguration configuration,
    TimeProvider clock, ILogger<UnactivatedCleanUp> logger) : WorkAfterStart(logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    protected override async Task WorkAsync(CancellationToken stopping)
    {
        while (configuration.UnactivatedLifespan is { } lifespan)
        {
            await PassAsync(lifespan, stopping);
            await Task.Delay(Interval, clock, stopping);
        }
    }

    private async Task PassAsync(TimeSpan lifespan, CancellationToken stopping)
    {
        var unactivated = await images.QueryAsync(new ImageQuery { State = StateFilter.Unactivated }, stopping);
        foreach (var image in unactivated.Images)
        {
            try
            {
                await RemoveAsync(image, lifespan, stopping);
            }
            catch (ImgApiException kept)
            {
                LogKept(image.Uuid, kept.Message);
            }
        }
    }

    private async Task RemoveAsync(Image image, TimeSpan lifespan, CancellationToken stopping)
    {
        if (await activity.LastAsync(image.Uuid, stopping) is not { } last || clock.GetUtcNow() - last <= lifespan || jobs.IsBeingMade(image.Uuid))
        {
            return;
        }

        // An image that was changed since it was listed stays until the next pass.
        if (await images.TryRemoveAsync(image, WriteConditions.Unused(channel: null), stopping))
        {
            LogRemoved(image.Uuid, image.Details.Name, image.Details.Version, last);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "image {Uuid} ({Name} {Version}) was removed: it was never activated, and last worked on {At:yyyy-MM-dd}")]
    private partial void LogRemoved(Uuid uuid, string name, string version, DateTimeOffset at);

    [LoggerMessage(Level = LogLevel.Debug, Message = "image {Uuid} was never activated, but stays: {Reason}")]
    private partial void LogKept(Uuid uuid, string reason);
}
