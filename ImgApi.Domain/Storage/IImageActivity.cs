namespace ImgApi.Domain.Storage;

/// <summary>When images were last worked on. Manifests do not say when an image was made or changed.</summary>
public interface IImageActivity
{
    /// <summary>When the image was last changed, or bytes of an upload last arrived for it. Survives restarts.</summary>
    /// <param name="image">The image.</param>
    /// <param name="cancellation">Cancels the look.</param>
    /// <returns>The time; null if nothing is stored of the image, or if the storage cannot tell.</returns>
    ValueTask<DateTimeOffset?> LastAsync(Uuid image, CancellationToken cancellation);
}
