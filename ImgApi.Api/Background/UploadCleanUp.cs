using ImgApi.Infrastructure.Hosting;

namespace ImgApi.Api.Background;

/// <summary>Removes uploads that have expired or whose image was removed, every ten minutes.</summary>
internal sealed partial class UploadCleanUp(ResumableUploads uploads, TimeProvider clock, ILogger<UploadCleanUp> logger) : WorkAfterStart(logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    protected override async Task WorkAsync(CancellationToken stopping)
    {
        while (true)
        {
            await uploads.PurgeAsync(removed => LogRemoved(removed.Upload.Id, removed.Upload.Image, removed.Offset, removed.Upload.Length), stopping);
            await Task.Delay(Interval, clock, stopping);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "upload {Upload} for image {Image} was removed: it was not finished ({Offset} of {Length} bytes)")]
    private partial void LogRemoved(Uuid upload, Uuid image, long offset, long length);
}
