using System.IO.Pipelines;
using ImgApi.Api.Hosting;

namespace ImgApi.Tests.Api.Hosting;

/// <summary>Which thread goes on when a socket is ready. A thread of the test stands for the one that waits for sockets.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class SocketThreadTests
{
    private static readonly PipeOptions Inline = new(
        readerScheduler: PipeScheduler.Inline, writerScheduler: PipeScheduler.Inline, pauseWriterThreshold: 2, resumeWriterThreshold: 1,
        useSynchronizationContext: false);

    private readonly Pipe _received = new(Inline);
    private readonly Pipe _sent = new(Inline);

    [Test]
    public void What_is_quick_stays_on_the_thread_of_the_socket()
    {
        var connection = Connection(mayStay: true);
        Assert.That(OnPool(ReadAsync(connection), Receive), Is.False);
    }

    [Test]
    public async Task What_has_left_goes_on_in_the_pool_until_it_returns()
    {
        var connection = Connection(mayStay: true);
        await connection.LeaveAsync();
        Assert.That(OnPool(ReadAsync(connection), Receive), Is.True);
        connection.Return();
        Assert.That(OnPool(ReadAsync(connection), Receive), Is.False);
    }

    [Test]
    public void Leaving_takes_effect_at_once()
    {
        var connection = Connection(mayStay: true);
        Task<bool>? left = null;
        OnSocketThread(() => left = LeaveAsync(connection));
        Assert.That(left!.GetAwaiter().GetResult(), Is.True);
    }

    [Test]
    public void An_encrypted_connection_never_stays()
    {
        var connection = Connection(mayStay: false);
        Assert.That(OnPool(ReadAsync(connection), Receive), Is.True);
        connection.Return();
        Assert.That(OnPool(ReadAsync(connection), Receive), Is.True);
    }

    [Test]
    public async Task A_fault_of_the_connection_is_told_in_the_pool_too()
    {
        var connection = Connection(mayStay: true);
        await connection.LeaveAsync();
        Assert.That(OnPool(ReadAsync(connection), () => _received.Writer.Complete(new IOException("reset"))), Is.True);
    }

    [Test]
    public async Task Sending_to_a_slow_client_goes_on_in_the_pool()
    {
        var connection = Connection(mayStay: true);
        await connection.LeaveAsync();
        Assert.That(OnPool(SendAsync(connection), () => _sent.Reader.AdvanceTo(_sent.Reader.ReadAsync().AsTask().GetAwaiter().GetResult().Buffer.End)), Is.True);
    }

    [Test]
    public void A_client_that_never_pauses_does_not_have_the_thread_for_itself()
    {
        var connection = Connection(mayStay: true);
        Assert.That(TimesOnPool(1000, () => OnPoolOf(connection)), Is.InRange(2, 10));
    }

    [Test]
    public void One_that_others_take_turns_with_does()
    {
        var (connection, other) = (Connection(mayStay: true), Connection(mayStay: true));
        Assert.That(TimesOnPool(1000, () => OnPoolOf(connection) | OnPoolOf(other)), Is.Zero);
    }

    [Test]
    public void A_client_that_sends_many_requests_at_once_does_not_have_the_thread_for_itself()
    {
        var connection = Connection(mayStay: true);
        var reading = ReadPiecesAsync(connection);
        OnSocketThread(() => _ = _received.Writer.WriteAsync(new byte[1000]).AsTask());
        Assert.That(reading.GetAwaiter().GetResult(), Is.GreaterThan(500));
    }

    /// <summary>Reads a thousand bytes as if each were a request.</summary>
    /// <returns>How many of them in the pool.</returns>
    private static async Task<int> ReadPiecesAsync(SocketThread connection)
    {
        var onPool = 0;
        for (var i = 0; i < 1000; i++)
        {
            var received = (await connection.Input.ReadAsync()).Buffer;
            connection.Input.AdvanceTo(received.GetPosition(1));
            onPool += Thread.CurrentThread.IsThreadPoolThread ? 1 : 0;
        }

        return onPool;
    }

    /// <summary>How often something goes on in the pool that happens many times on one thread.</summary>
    private static int TimesOnPool(int times, Func<bool> turn)
    {
        var count = 0;
        OnSocketThread(() => count = Enumerable.Range(0, times).Count(_ => turn()));
        return count;
    }

    /// <summary>Receives something on this thread.</summary>
    /// <returns>Whether the connection goes on in the pool.</returns>
    private bool OnPoolOf(SocketThread connection)
    {
        var reading = ReadAsync(connection);
        Receive();
        return reading.GetAwaiter().GetResult();
    }

    private static async Task<bool> LeaveAsync(SocketThread connection)
    {
        await connection.LeaveAsync();
        return Thread.CurrentThread.IsThreadPoolThread;
    }

    /// <summary>Reads what is received next.</summary>
    /// <returns>Whether that went on in the pool.</returns>
    private static async Task<bool> ReadAsync(SocketThread connection)
    {
        try
        {
            connection.Input.AdvanceTo((await connection.Input.ReadAsync()).Buffer.End);
        }
        catch (IOException)
        {
            // Where, is the question.
        }

        return Thread.CurrentThread.IsThreadPoolThread;
    }

    private static async Task<bool> SendAsync(SocketThread connection)
    {
        await connection.Output.WriteAsync(new byte[4]);
        return Thread.CurrentThread.IsThreadPoolThread;
    }

    private static bool OnPool(Task<bool> waiting, Action wake)
    {
        Assert.That(waiting.IsCompleted, Is.False);
        OnSocketThread(wake);
        return waiting.GetAwaiter().GetResult();
    }

    private static void OnSocketThread(Action work)
    {
        var thread = new Thread(() => work());
        thread.Start();
        thread.Join();
    }

    private SocketThread Connection(bool mayStay)
    {
        SynchronizationContext.SetSynchronizationContext(null); // as in a server; the test runner's would decide otherwise
        return new SocketThread(new Transport(_received.Reader, _sent.Writer), mayStay);
    }

    private void Receive() => _received.Writer.WriteAsync(new byte[1]).AsTask().GetAwaiter().GetResult();

    private sealed record Transport(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
