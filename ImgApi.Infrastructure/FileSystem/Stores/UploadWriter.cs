using ImgApi.Domain.Storage;
using ImgApi.Infrastructure.Posix;

namespace ImgApi.Infrastructure.FileSystem.Stores;

/// <summary>
/// Appends to the file of an upload. After a failed flush, Linux drops the bytes and forgets the error, so that the next flush succeeds: the
/// file is cut at once to the bytes that an earlier flush made durable. If that fails too, the upload is removed.
/// </summary>
internal sealed class UploadWriter : IUploadWriter
{
    private readonly UploadFolder _folder;
    private readonly Uuid _id;
    private readonly DiskSpace _space;
    private readonly FileStream _file;
    private long _durable;

    public UploadWriter(UploadFolder folder, Uuid id, DiskSpace space)
    {
        (_folder, _id, _space) = (folder, id, space);
        _file = DurableFile.Open(folder.BytesOf(id), FileMode.Open, FileShare.Read | FileShare.Delete);
        try
        {
            Offset = RandomAccess.GetLength(_file.SafeFileHandle);
            // A killed process may have written bytes that it neither verified nor flushed.
            if (folder.Records.GetValueOrDefault(id)?.UnverifiedFrom is { } unverified)
            {
                Truncate(unverified);
            }
            else
            {
                Flush();
            }
        }
        catch
        {
            _file.Dispose();
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

    public Task BeginUnverifiedAsync(CancellationToken cancellation) => StorageFault.RunAsync(() => RecordUnverified(_durable), cancellation);

    public Task FlushAsync(CancellationToken cancellation) => StorageFault.RunAsync(
        () =>
        {
            Flush();
            RecordUnverified(null);
        },
        cancellation);

    public Task TruncateAsync(long offset, CancellationToken cancellation) => StorageFault.RunAsync(() => Truncate(offset), cancellation);

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

    private void Truncate(long offset)
    {
        CutOrRemove(offset);
        RecordUnverified(null);
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
            _folder.Delete(_id);
            throw;
        }
    }

    private void RecordUnverified(long? offset)
    {
        if (_folder.Records.GetValueOrDefault(_id) is { } record && record.UnverifiedFrom != offset)
        {
            _folder.Save(record with { UnverifiedFrom = offset });
        }
    }
}
