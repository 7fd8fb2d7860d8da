using System.IO.Pipelines;
using ImgApi.Infrastructure.Remote;

namespace ImgApi.Tests.Infrastructure.Remote;

/// <summary>What follows a wait for another server runs in the pool. A thread of the test stands for the one that waits for sockets.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class PoolThreadStreamTests
{
    private static readonly PipeOptions Inline = new(
        readerScheduler: PipeScheduler.Inline, writerScheduler: PipeScheduler.Inline, pauseWriterThreshold: 2, resumeWriterThreshold: 1,
        useSynchronizationContext: false);

    private readonly Pipe _pipe = new(Inline);

    [SetUp]
    public void LeaveTheContextOfTheTestRunner() => SynchronizationContext.SetSynchronizationContext(null);

    [Test]
    public void Reading_goes_on_in_the_pool()
    {
        var stream = new PoolThreadStream(_pipe.Reader.AsStream());
        Assert.That(OnPool(ReadAsync(stream), () => _pipe.Writer.WriteAsync(new byte[1]).AsTask().GetAwaiter().GetResult()), Is.True);
    }

    [Test]
    public void So_does_a_connection_that_breaks()
    {
        var stream = new PoolThreadStream(_pipe.Reader.AsStream());
        Assert.That(OnPool(ReadAsync(stream), () => _pipe.Writer.Complete(new IOException("reset"))), Is.True);
    }

    [Test]
    public void So_does_writing_to_a_server_that_was_slow()
    {
        var stream = new PoolThreadStream(_pipe.Writer.AsStream());
        Assert.That(OnPool(WriteAsync(stream), () => _pipe.Reader.AdvanceTo(_pipe.Reader.ReadAsync().AsTask().GetAwaiter().GetResult().Buffer.End)), Is.True);
    }

    private static async Task<bool> ReadAsync(PoolThreadStream stream)
    {
        try
        {
            _ = await stream.ReadAsync(new byte[1]);
        }
        catch (IOException)
        {
            // Where, is the question.
        }

        return Thread.CurrentThread.IsThreadPoolThread;
    }

    private static async Task<bool> WriteAsync(PoolThreadStream stream)
    {
        await stream.WriteAsync(new byte[4]);
        return Thread.CurrentThread.IsThreadPoolThread;
    }

    private static bool OnPool(Task<bool> waiting, Action wake)
    {
        Assert.That(waiting.IsCompleted, Is.False);
        var thread = new Thread(() => wake());
        thread.Start();
        thread.Join();
        return waiting.GetAwaiter().GetResult();
    }
}
