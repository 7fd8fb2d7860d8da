using System.Buffers;
using ImgApi.Domain.UseCases;

namespace ImgApi.Domain.Uploads;

/// <summary>
/// The digest of an upload. Usually it is continued while bytes arrive. Bytes that it has not seen are read from the store in the
/// background: after a restart, a fault, and a part that has a checksum or no announced length. Used by one request at a time.
/// </summary>
/// <param name="reading">Limits how many uploads are read at once.</param>
internal sealed class RunningDigest(IUploadStore store, Uuid id, SemaphoreSlim reading, CancellationToken stopping) : IDisposable
{
    // Bytes.
    private const int BufferSize = 256 * 1024;

    private readonly CancellationTokenSource _ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
    private ContentHashes _hashes = new();
    private Task _catchingUp = Task.CompletedTask;

    /// <summary>Whether no bytes are being read. False after a fault too, so that a broken disk is not read again with every piece.</summary>
    public bool IsIdle => _catchingUp.IsCompletedSuccessfully;

    /// <summary>The hashes, if they are those of the bytes before <paramref name="offset"/>; null while they are not.</summary>
    public ContentHashes? At(long offset) => _catchingUp.IsCompleted && _hashes.Position == offset ? _hashes : null;

    /// <summary>Reads the bytes before an offset, as far as necessary. They must not change any more.</summary>
    public void CatchUp(long offset)
    {
        if (At(offset) is null)
        {
            _catchingUp = CatchUpAsync(_catchingUp, offset);
        }
    }

    /// <summary>The digest of the whole upload.</summary>
    public async Task<ContentDigest> ReadAsync(long length)
    {
        if (At(length) is null)
        {
            CatchUp(length);
            await _catchingUp;
        }

        return _hashes.Digest();
    }

    /// <summary>Ends the background work, and frees the hashes after that.</summary>
    public void Dispose()
    {
        _ending.Cancel();
        _ = _catchingUp.ContinueWith(
            _ =>
            {
                _hashes.Dispose();
                _ending.Dispose();
            },
            TaskScheduler.Default);
    }

    private async Task CatchUpAsync(Task before, long offset)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        if (_hashes.Position > offset)
        {
            _hashes.Dispose();
            _hashes = new ContentHashes();
        }

        var cancellation = _ending.Token;
        await reading.WaitAsync(cancellation);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            using var reader = await store.OpenAsync(id, cancellation) ?? throw ImgApiException.NotFound($"upload {id} not found");
            while (_hashes.Position < offset)
            {
                var wanted = (int)Math.Min(BufferSize, offset - _hashes.Position);
                var count = await reader.ReadAsync(buffer.AsMemory(0, wanted), _hashes.Position, cancellation);
                if (count == 0)
                {
                    throw new ImgApiException(ErrorCode.StorageIsDown, $"upload {id} has lost bytes");
                }

                await _hashes.AppendAsync(buffer.AsMemory(0, count));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            reading.Release();
        }
    }
}
