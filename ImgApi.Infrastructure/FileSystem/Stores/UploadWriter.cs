using ImgApi.Domain.Storage;
using ImgApi.Infrastructure.Posix;

namespace ImgApi.Infrastructure.FileSystem.Stores;

/// <summary>
/// Appends to the file of an upload. After a failed flush, Linux drops the bytes and forgets the error, so that the next flush succeeds: the
/// file is cut at once to the bytes that an earlier flush made durable.
/// </summary>
internal sealed class UploadWriter : IUploadWriter
{
    private readonly FileStream _file;
    private readonly DiskSpace _space;
    private readonly Action _remove;
    private long _durable;

    /// <param name="remove">Removes the upload. Called if bytes that may be lost cannot be cut off.</param>
    public UploadWriter(FileStream file, DiskSpace space, Action remove)
    {
        (_file, _space, _remove) = (file, space, remove);
        try
        {
            // A killed process may have written bytes that it did not flush.
            Offset = RandomAccess.GetLength(file.SafeFileHandle);
            Flush();
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

    public Task FlushAsync(CancellationToken cancellation) => StorageFault.RunAsync(Flush, cancellation);

    public Task TruncateAsync(long offset, CancellationToken cancellation) => StorageFault.RunAsync(() => CutOrRemove(offset), cancellation);

    public ValueTask DisposeAsync() => _file.DisposeAsync();

    private void Flush()
    {
        try
        {
            DurableFile.FlushFile(_file.SafeFileHandle);
            _durable = Offset;
        }
        catch (Exception e) when (StorageFault.IsFault(e))
        {
            CutOrRemove(_durable);
            throw;
        }
    }

    private void CutOrRemove(long offset)
    {
        try
        {
            RandomAccess.SetLength(_file.SafeFileHandle, offset);
            DurableFile.FlushFile(_file.SafeFileHandle);
            Offset = _durable = offset;
        }
        catch (Exception e) when (StorageFault.IsFault(e))
        {
            _remove();
            throw;
        }
    }
}
