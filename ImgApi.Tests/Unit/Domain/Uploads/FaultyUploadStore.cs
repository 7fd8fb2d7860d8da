using ImgApi.Domain.Storage;

namespace ImgApi.Tests.Unit.Domain.Uploads;

/// <summary>A store whose creations, commits, records of finished uploads and reads can fail, and which counts the bytes that are read.</summary>
internal sealed class FaultyUploadStore(IUploadStore inner) : IUploadStore
{
    private static readonly ImgApiException Fault = new(ErrorCode.StorageIsDown, "storage is down at the moment");

    private readonly TaskCompletionSource _readStalled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _readCanceled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _bytesRead;

    public bool FailsToCreate { get; set; }

    public bool FailsToCommit { get; set; }

    public bool FailsToFinish { get; set; }

    /// <summary>Whether reads after the first MiB, which are not those of an inspection, wait until they are canceled.</summary>
    public bool StallsReads { get; set; }

    /// <summary>Completes when a read waits to be canceled.</summary>
    public Task ReadStalled => _readStalled.Task;

    /// <summary>Completes when a read that stalled was canceled.</summary>
    public Task ReadCanceled => _readCanceled.Task;

    public long BytesRead => Interlocked.Read(ref _bytesRead);

    public Task CreateAsync(PendingUpload upload, CancellationToken cancellation) =>
        FailsToCreate ? throw Fault : inner.CreateAsync(upload, cancellation);

    public ValueTask<StoredUpload?> FindAsync(Uuid id, CancellationToken cancellation) => inner.FindAsync(id, cancellation);

    public ValueTask<IReadOnlyList<StoredUpload>> ListAsync(CancellationToken cancellation) => inner.ListAsync(cancellation);

    public Task<IUploadWriter> AppendAsync(Uuid id, CancellationToken cancellation) => inner.AppendAsync(id, cancellation);

    public async ValueTask<IContentReader?> OpenAsync(Uuid id, CancellationToken cancellation) =>
        await inner.OpenAsync(id, cancellation) is { } reader ? new Reader(this, reader) : null;

    public Task<ContentKey> CommitAsync(Uuid id, ContentName name, CancellationToken cancellation) =>
        FailsToCommit ? throw Fault : inner.CommitAsync(id, name, cancellation);

    public Task FinishAsync(Uuid id, CancellationToken cancellation) => FailsToFinish ? throw Fault : inner.FinishAsync(id, cancellation);

    public Task DeleteAsync(Uuid id, CancellationToken cancellation) => inner.DeleteAsync(id, cancellation);

    private sealed class Reader(FaultyUploadStore store, IContentReader inner) : IContentReader
    {
        public long Length => inner.Length;

        public async ValueTask<int> ReadAsync(Memory<byte> buffer, long offset, CancellationToken cancellation)
        {
            if (store.StallsReads && offset >= 1024 * 1024)
            {
                store._readStalled.TrySetResult();
                await Task.Delay(Timeout.Infinite, cancellation).ContinueWith(_ => store._readCanceled.TrySetResult(), TaskScheduler.Default);
                cancellation.ThrowIfCancellationRequested();
            }

            var count = await inner.ReadAsync(buffer, offset, cancellation);
            Interlocked.Add(ref store._bytesRead, count);
            return count;
        }

        public void Dispose() => inner.Dispose();
    }
}
