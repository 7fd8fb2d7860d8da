using ImgApi.Api.Configuration;
using ImgApi.Api.Jobs;
using ImgApi.Domain.Errors;
using ImgApi.Domain.Images;
using ImgApi.Domain.Images.UseCases;
using ImgApi.Infrastructure;

namespace ImgApi.Api.Integrity;

/// <summary>
/// Removes images that were never activated and that nobody has worked on for the configured time. Off unless it is configured. An
/// image with an upload under way counts as worked on; one that a job is to make, or that others are based on, stays.
/// </summary>
internal sealed partial class UnactivatedCleanUp(
    IImageRepository images, ImageRemoval removal, IImageActivity activity, JobDesk jobs, ServerConfiguration configuration,
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
        foreach (var image in await images.QueryAsync(new ImageQuery { State = StateFilter.Unactivated }, stopping))
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
        if (activity.LastOf(image.Uuid) is not { } last || !IsOver(last) || jobs.IsBeingMade(image.Uuid))
        {
            return;
        }

        // Looked at once more when no other change of the image can come in between.
        await removal.RemoveAsync(image.Uuid, channel: null, everywhere: true, Guard, stopping);
        LogRemoved(image.Uuid, image.Details.Name, image.Details.Version, last);

        bool IsOver(DateTimeOffset at) => clock.GetUtcNow() - at > lifespan;

        void Guard(Image now)
        {
            now.EnsureNotActivated();
            if (activity.LastOf(now.Uuid) is not { } at || !IsOver(at) || jobs.IsBeingMade(now.Uuid))
            {
                throw new ImgApiException(ErrorCode.PreconditionFailed, "it is being worked on again");
            }
        }
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "image {Uuid} ({Name} {Version}) was removed: it was never activated, and last worked on {At:yyyy-MM-dd}")]
    private partial void LogRemoved(Uuid uuid, string name, string version, DateTimeOffset at);

    [LoggerMessage(Level = LogLevel.Debug, Message = "image {Uuid} was never activated, but stays: {Reason}")]
    private partial void LogKept(Uuid uuid, string reason);
}
