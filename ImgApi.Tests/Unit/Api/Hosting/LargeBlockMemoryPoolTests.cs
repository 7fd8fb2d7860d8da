using ImgApi.Api.Hosting;

namespace ImgApi.Tests.Unit.Api.Hosting;

[TestFixture]
internal sealed class LargeBlockMemoryPoolTests
{
    [Test]
    public void Blocks_are_large_and_larger_ones_are_refused()
    {
        using var pool = new LargeBlockMemoryPool();
        using var block = pool.Rent();
        Assert.That(block.Memory.Length, Is.EqualTo(LargeBlockMemoryPool.BlockSize));
        Assert.Throws<ArgumentOutOfRangeException>(() => pool.Rent(LargeBlockMemoryPool.BlockSize + 1));
    }

    [Test]
    public void A_block_is_used_again_and_returned_only_once()
    {
        using var pool = new LargeBlockMemoryPool();
        var block = pool.Rent();
        block.Dispose();
        block.Dispose();
        Assert.That(pool.FreeCount, Is.EqualTo(1));
        Assert.Throws<ObjectDisposedException>(() => _ = block.Memory);
        pool.Rent();
        Assert.That(pool.FreeCount, Is.Zero);
    }

    [Test]
    public void After_a_burst_few_blocks_are_kept()
    {
        using var pool = new LargeBlockMemoryPool();
        foreach (var block in Enumerable.Range(0, LargeBlockMemoryPool.MaxFree + 10).Select(_ => pool.Rent()).ToArray())
        {
            block.Dispose();
        }

        Assert.That(pool.FreeCount, Is.EqualTo(LargeBlockMemoryPool.MaxFree));
    }
}
