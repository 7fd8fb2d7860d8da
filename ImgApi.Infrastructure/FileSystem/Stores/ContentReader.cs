using ImgApi.Domain.Storage;
using ImgApi.Infrastructure.Posix;
using Microsoft.Win32.SafeHandles;

namespace ImgApi.Infrastructure.FileSystem.Stores;

/// <summary>An open content file. It stays readable after the file is deleted.</summary>
internal sealed class ContentReader(SafeFileHandle handle) : IContentReader
{
    public long Length { get; } = RandomAccess.GetLength(handle);

    /// <summary>Null if the file is missing.</summary>
    public static ContentReader? Open(string path)
    {
        try
        {
            // This sharing takes no lock, and permits other programs to delete the file.
            return new ContentReader(File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (StorageFault.IsFault(e))
        {
            throw StorageFault.Translate(e);
        }
    }

    /// <summary>Reads on the calling thread: most content comes from the system's cache, where switching threads costs more than reading.</summary>
    public ValueTask<int> ReadAsync(Memory<byte> buffer, long offset, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            return new ValueTask<int>(RandomAccess.Read(handle, buffer.Span, offset));
        }
        catch (Exception e) when (StorageFault.IsFault(e))
        {
            throw StorageFault.Translate(e);
        }
    }

    public void Dispose() => handle.Dispose();
}
