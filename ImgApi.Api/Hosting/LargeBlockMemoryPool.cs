using System.Buffers;
using System.Collections.Concurrent;

namespace ImgApi.Api.Hosting;

/// <summary>Pinned blocks of one size. A bounded number of free ones is kept, so that memory falls again after a burst.</summary>
internal sealed class LargeBlockMemoryPool : MemoryPool<byte>
{
    /// <summary>Bytes of every block.</summary>
    public const int BlockSize = 64 * 1024;

    /// <summary>Free blocks that are kept: 16 MiB.</summary>
    public const int MaxFree = 256;

    // The last one first: the processor's cache still holds it.
    private readonly ConcurrentStack<byte[]> _free = new();
    private int _freeCount;
    private volatile bool _disposed;

    /// <inheritdoc/>
    public override int MaxBufferSize => BlockSize;

    /// <summary>Free blocks that are kept now.</summary>
    internal int FreeCount => Volatile.Read(ref _freeCount);

    /// <inheritdoc/>
    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, BlockSize);
        if (_free.TryPop(out var block))
        {
            Interlocked.Decrement(ref _freeCount);
            return new Block(this, block);
        }

        return new Block(this, GC.AllocateUninitializedArray<byte>(BlockSize, pinned: true));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _disposed = true;
        _free.Clear();
    }

    private void Return(byte[] block)
    {
        if (_disposed)
        {
            return;
        }

        if (Interlocked.Increment(ref _freeCount) <= MaxFree)
        {
            _free.Push(block);
        }
        else
        {
            Interlocked.Decrement(ref _freeCount);
        }
    }

    /// <summary>A rented block; returning it twice returns it once.</summary>
    private sealed class Block(LargeBlockMemoryPool pool, byte[] bytes) : IMemoryOwner<byte>
    {
        private byte[]? _bytes = bytes;

        public Memory<byte> Memory => _bytes ?? throw new ObjectDisposedException(nameof(Block));

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _bytes, null) is { } returned)
            {
                pool.Return(returned);
            }
        }
    }
}
