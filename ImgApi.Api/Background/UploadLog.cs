namespace ImgApi.Api.Background;

/// <summary>The log line of an unfinished upload that the server removed.</summary>
internal static partial class UploadLog
{
    public static void Removed(ILogger logger, UploadProgress progress) =>
        Removed(logger, progress.Upload.Id, progress.Upload.Image, progress.Offset, progress.Upload.Length);

    [LoggerMessage(Level = LogLevel.Information, Message = "upload {Upload} for image {Image} was removed: it was not finished ({Offset} of {Length} bytes)")]
    private static partial void Removed(ILogger logger, Uuid upload, Uuid image, long offset, long length);
}
