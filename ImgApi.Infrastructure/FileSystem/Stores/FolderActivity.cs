using ImgApi.Domain.Storage;
using ImgApi.Infrastructure.FileSystem.Layout;
using ImgApi.Infrastructure.Posix;

namespace ImgApi.Infrastructure.FileSystem.Stores;

/// <summary>
/// Looks at the times of the files in an image's folder: each change writes the manifest again, and an upload under way writes a file there.
/// </summary>
internal sealed class FolderActivity(DataFolder data) : IImageActivity
{
    public ValueTask<DateTimeOffset?> LastActivityAsync(Uuid image, CancellationToken cancellation) => new(Task.Run(() => LastOf(image), cancellation));

    private DateTimeOffset? LastOf(Uuid image)
    {
        try
        {
            var times = new DirectoryInfo(data.Image(image)).EnumerateFiles().Select(file => file.LastWriteTimeUtc).ToArray();
            return times.Length == 0 ? null : times.Max();
        }
        catch (Exception e) when (StorageFault.IsFault(e))
        {
            return null;
        }
    }
}
