using ImgApi.Infrastructure.Hosting;

namespace ImgApi.Api.Background;

/// <summary>Computes the MD5 of files that another server stored without it, so that their first download does not have to wait.</summary>
internal sealed partial class ContentDigests(IImageRepository images, IContentStore contents, ILogger<ContentDigests> logger)
    : WorkAfterStart(logger)
{
    protected override async Task WorkAsync(CancellationToken stopping)
    {
        var all = await images.QueryAsync(new ImageQuery { State = StateFilter.All }, stopping);
        foreach (var image in all.Images)
        {
            if (image.File is not { Md5: null, Content: { } content })
            {
                continue;
            }

            try
            {
                await contents.ComputeMd5Async(image.Uuid, content, stopping);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                LogUnreadable(fault, image.Uuid);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "file of image {Uuid} cannot be read")]
    private partial void LogUnreadable(Exception fault, Uuid uuid);
}
