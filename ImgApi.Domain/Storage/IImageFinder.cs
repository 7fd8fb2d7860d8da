namespace ImgApi.Domain.Storage;

public interface IImageFinder
{
    ValueTask<Image?> FindAsync(Uuid uuid, CancellationToken cancellation);
}
