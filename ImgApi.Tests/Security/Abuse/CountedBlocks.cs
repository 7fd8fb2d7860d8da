using System.Buffers;
using ImgApi.Api.Hosting;
using Microsoft.AspNetCore.Connections;

namespace ImgApi.Tests.Security.Abuse;

/// <summary>Counts the memory blocks that the server's connections rent.</summary>
internal sealed class CountedBlocks : IMemoryPoolFactory<byte>
{
    private int _rented;
    private int _peak;
    private int _before;

    /// <summary>The number of blocks of 64 KiB that connections hold now.</summary>
    public int Rented => Volatile.Read(ref _rented);

    /// <summary>The maximum of <see cref="Rented"/> since <see cref="StartCounting"/>, minus its value then.</summary>
    public int Peak => Volatile.Read(ref _peak) - _before;

    public void StartCounting() => _peak = _before = Rented;

    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => new Pool(this);

    private void Count()
    {
        var rented = Interlocked.Increment(ref _rented);
        for (var peak = _peak; rented > peak; peak = _peak)
        {
            Interlocked.CompareExchange(ref _peak, rented, peak);
        }
    }

    private sealed class Pool(CountedBlocks owner) : MemoryPool<byte>
    {
        private readonly LargeBlockMemoryPool _inner = new();

        public override int MaxBufferSize => _inner.MaxBufferSize;

        public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
        {
            owner.Count();
            return new Block(owner, _inner.Rent(minBufferSize));
        }

        protected override void Dispose(bool disposing) => _inner.Dispose();
    }

    private sealed class Block(CountedBlocks owner, IMemoryOwner<byte> inner) : IMemoryOwner<byte>
    {
        private int _returned;

        public Memory<byte> Memory => inner.Memory;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _returned, 1) == 0)
            {
                Interlocked.Decrement(ref owner._rented);
                inner.Dispose();
            }
        }
    }
}
