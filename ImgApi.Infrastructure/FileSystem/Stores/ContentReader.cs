using ImgApi.Domain.Storage;
using ImgApi.Infrastructure.Posix;
using Microsoft.Win32.SafeHandles;

namespace ImgApi.Infrastructure.FileSystem.Stores;

/// <summary>A content file open for reading. The open handle keeps the bytes alive after the file's name is gone.</summary>
internal sealed class ContentReader(SafeFileHandle handle) : IContentReader
{
    public long Length { get; } = RandomAccess.GetLength(handle);

    /// <summary>Opens a file; null if it is not there.</summary>
    public static ContentReader? Open(string path)
    {
        try
        {
            // Sharing everything takes no lock, and lets the file be deleted under the reader.
            var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return new ContentReader(handle);
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

    public ValueTask<int> ReadAsync(Memory<byte> buffer, long offset, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return new ValueTask<int>(Read(buffer.Span, offset));
    }

    /// <summary>Reads on the calling thread: most content comes from the system's cache, where switching threads costs more than reading.</summary>
    public int Read(Span<byte> buffer, long offset)
    {
        try
        {
            return RandomAccess.Read(handle, buffer, offset);
        }
        catch (Exception e) when (StorageFault.IsFault(e))
        {
            throw StorageFault.Translate(e);
        }
    }

    public void Dispose() => handle.Dispose();
}
