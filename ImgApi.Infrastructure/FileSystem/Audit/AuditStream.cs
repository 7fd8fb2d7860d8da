using ImgApi.Infrastructure.Posix;

namespace ImgApi.Infrastructure.FileSystem.Audit;

/// <summary>
/// A file of events that is open for writing. It has some of the disk allocated behind its end, where the file system supports that, so that
/// images can be deleted although the disk is full.
/// </summary>
internal sealed class AuditStream : IDisposable
{
    // Bytes; an event has a few hundred.
    private const int Reserve = 64 * 1024;
    private const int AllocationStep = 256 * 1024;

    private readonly FileStream _file;
    private long _allocated;

    /// <summary>Opens or creates a file, and cuts what follows its events.</summary>
    /// <param name="length">Bytes of its events.</param>
    public AuditStream(string path, long length)
    {
        _file = DurableFile.Open(path, FileMode.OpenOrCreate, FileShare.Read);
        Length = length;
        if (_file.Length != length)
        {
            _file.SetLength(length);
        }
    }

    /// <summary>Bytes of the events in the file.</summary>
    public long Length { get; private set; }

    /// <summary>Appends lines, and makes them durable.</summary>
    /// <param name="mayUseReserve">Whether the lines may be written although the disk is full.</param>
    /// <exception cref="IOException">The disk has failed or is full. The file must be opened again, since it may have a part of the lines.</exception>
    public void Append(ReadOnlySpan<byte> lines, bool mayUseReserve)
    {
        try
        {
            Allocate(Length + lines.Length + Reserve);
        }
        catch (IOException) when (mayUseReserve)
        {
            // The lines need less than the reserve, which stays allocated.
        }

        RandomAccess.Write(_file.SafeFileHandle, lines, Length);
        DurableFile.FlushData(_file.SafeFileHandle);
        Length += lines.Length;
    }

    public void Dispose() => _file.Dispose();

    private void Allocate(long end)
    {
        if (end > _allocated)
        {
            DurableFile.TryAllocate(_file.SafeFileHandle, 0, end + AllocationStep, keepsSize: true);
            _allocated = end + AllocationStep;
        }
    }
}
