using ImgApi.Domain.Storage;
using ImgApi.Infrastructure.Posix;

namespace ImgApi.Infrastructure.FileSystem.Stores;

/// <summary>Appends to the file of an upload.</summary>
internal sealed class UploadWriter : IUploadWriter
{
    private readonly FileStream _file;
    private readonly DiskSpace _space;

    public UploadWriter(FileStream file, DiskSpace space)
    {
        (_file, _space) = (file, space);
        try
        {
            // A killed process may have written bytes that it did not flush.
            DurableFile.FlushFile(file.SafeFileHandle);
            Offset = RandomAccess.GetLength(file.SafeFileHandle);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public long Offset { get; private set; }

    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            _space.Ensure(bytes.Length);
            RandomAccess.Write(_file.SafeFileHandle, bytes.Span, Offset);
            Offset += bytes.Length;
            return ValueTask.CompletedTask;
        }
        catch (Exception e) when (StorageFault.IsFault(e))
        {
            throw StorageFault.Translate(e);
        }
    }

    public Task FlushAsync(CancellationToken cancellation) => StorageFault.RunAsync(() => DurableFile.FlushFile(_file.SafeFileHandle), cancellation);

    public Task TruncateAsync(long offset, CancellationToken cancellation) => StorageFault.RunAsync(
        () =>
        {
            RandomAccess.SetLength(_file.SafeFileHandle, offset);
            Offset = offset;
            DurableFile.FlushFile(_file.SafeFileHandle);
        },
        cancellation);

    public ValueTask DisposeAsync() => _file.DisposeAsync();
}
