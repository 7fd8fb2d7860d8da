namespace ImgApi.Domain.Storage;

/// <summary>Times of the last activity of images, which manifests do not contain.</summary>
public interface IImageActivity
{
    /// <summary>When the image was last changed, or an upload for it last received bytes. Survives restarts; null if unknown.</summary>
    ValueTask<DateTimeOffset?> LastActivityAsync(Uuid image, CancellationToken cancellation);
}
