using ImgApi.Api.Hosting;

namespace ImgApi.Tests.Unit.Api.Hosting;

[TestFixture]
internal sealed class LargeBlockMemoryPoolTests
{
    [Test]
    public void Every_block_has_the_same_size()
    {
        using var pool = new LargeBlockMemoryPool();
        using var block = pool.Rent();
        Assert.That(block.Memory.Length, Is.EqualTo(LargeBlockMemoryPool.BlockSize));
    }

    [Test]
    public void A_request_for_more_than_a_block_is_refused()
    {
        using var pool = new LargeBlockMemoryPool();
        Assert.Throws<ArgumentOutOfRangeException>(() => pool.Rent(LargeBlockMemoryPool.BlockSize + 1));
    }

    [Test]
    public void A_block_that_is_disposed_twice_is_returned_once()
    {
        using var pool = new LargeBlockMemoryPool();
        var block = pool.Rent();
        block.Dispose();
        block.Dispose();
        Assert.That(pool.FreeCount, Is.EqualTo(1));
    }

    [Test]
    public void A_disposed_block_cannot_be_used()
    {
        using var pool = new LargeBlockMemoryPool();
        var block = pool.Rent();
        block.Dispose();
        Assert.Throws<ObjectDisposedException>(() => _ = block.Memory);
    }

    [Test]
    public void A_returned_block_is_rented_again()
    {
        using var pool = new LargeBlockMemoryPool();
        pool.Rent().Dispose();
        pool.Rent();
        Assert.That(pool.FreeCount, Is.Zero);
    }

    [Test]
    public void After_a_burst_only_a_limited_number_of_blocks_is_kept()
    {
        using var pool = new LargeBlockMemoryPool();
        foreach (var block in Enumerable.Range(0, LargeBlockMemoryPool.MaxFree + 10).Select(_ => pool.Rent()).ToArray())
        {
            block.Dispose();
        }

        Assert.That(pool.FreeCount, Is.EqualTo(LargeBlockMemoryPool.MaxFree));
    }
}
