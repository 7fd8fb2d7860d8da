using ImgApi.Domain.Storage;
using ImgApi.Infrastructure.FileSystem.Layout;
using ImgApi.Infrastructure.Posix;

namespace ImgApi.Infrastructure.FileSystem.Stores;

/// <summary>
/// Uses the times of the files in an image's folder: each change rewrites the manifest, and a running upload writes a file there. Uploads in
/// several transfers have their own times.
/// </summary>
internal sealed class FolderActivity(DataFolder data, FileSystemUploadStore uploads) : IImageActivity
{
    public async ValueTask<DateTimeOffset?> LastActivityAsync(Uuid image, CancellationToken cancellation)
    {
        var (changed, uploaded) = await Task.Run(() => (LastOf(image), uploads.LastActivityOf(image)), cancellation);
        return changed < uploaded ? uploaded : changed;
    }

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
