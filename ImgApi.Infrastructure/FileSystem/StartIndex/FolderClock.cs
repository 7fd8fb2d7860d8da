using ImgApi.Infrastructure.Posix;

namespace ImgApi.Infrastructure.FileSystem.StartIndex;

/// <summary>The clock of the file system, which may be that of another machine.</summary>
internal static class FolderClock
{
    /// <summary>Nanoseconds since 1970; null if the folder is not writable.</summary>
    public static long? Now(string root, StampReader stamps)
    {
        var name = TemporaryName.Create();
        var path = Path.Combine(root, name);
        try
        {
            new FileStream(path, DurableFile.Private(new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write })).Dispose();
            return stamps.OfFile(name)?.ModifiedAt;
        }
        catch (Exception e) when (StorageFault.IsFault(e))
        {
            return null;
        }
        finally
        {
            DurableFile.TryDelete(path);
        }
    }
}
