namespace ImgApi.Domain.Storage;

/// <summary>Finds images by their uuid: what there is of a repository for those who only look.</summary>
public interface IImageFinder
{
    /// <summary>The image, or null if there is none.</summary>
    ValueTask<Image?> FindAsync(Uuid uuid, CancellationToken cancellation);
}
