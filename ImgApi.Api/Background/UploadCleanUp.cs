using ImgApi.Infrastructure.Hosting;

namespace ImgApi.Api.Background;

/// <summary>Removes uploads that have expired or whose image was removed, every ten minutes.</summary>
internal sealed class UploadCleanUp(ResumableUploads uploads, TimeProvider clock, ILogger<UploadCleanUp> logger) : WorkAfterStart(logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    protected override async Task WorkAsync(CancellationToken stopping)
    {
        while (true)
        {
            await uploads.PurgeAsync(removed => UploadLog.Removed(logger, removed), stopping);
            await Task.Delay(Interval, clock, stopping);
        }
    }
}
