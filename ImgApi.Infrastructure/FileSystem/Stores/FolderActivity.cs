using ImgApi.Domain.Storage;
using ImgApi.Infrastructure.FileSystem.Layout;
using ImgApi.Infrastructure.Posix;

namespace ImgApi.Infrastructure.FileSystem.Stores;

/// <summary>Uses the times of the files in an image's folder: each change rewrites the manifest, and a running upload writes a file there.</summary>
internal sealed class FolderActivity(DataFolder data) : IImageActivity
{
    public ValueTask<DateTimeOffset?> LastActivityAsync(Uuid image, CancellationToken cancellation) => new(Task.Run(() => LastOf(image), cancellation));

    private DateTimeOffset? LastOf(Uuid image)
    {
        try
        {
            return new DirectoryInfo(data.Image(image)).EnumerateFiles().Max(file => (DateTimeOffset?)file.LastWriteTimeUtc);
        }
        catch (Exception e) when (StorageFault.IsFault(e))
        {
            return null;
        }
    }
}
