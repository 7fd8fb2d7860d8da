using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using ImgApi.Infrastructure;

namespace ImgApi.Api.Hosting;

/// <summary>
/// A connection whose owner decides where it goes on when the socket is ready: on the thread that waits for sockets, which is
/// the fastest and fit only for what never waits, or on a thread of the pool.
/// </summary>
/// <param name="inner">The connection.</param>
/// <param name="mayStay">Whether the thread of the socket is ever kept.</param>
internal sealed class SocketThread(IDuplexPipe inner, bool mayStay) : IDuplexPipe
{
    // Else a client that sends without a pause, or many requests at once, would have the thread for itself.
    private const int MostInRow = 256;

    // Whose turn was last on a thread.
    [ThreadStatic]
    private static object? _last;

    private readonly object _id = new();
    private bool _left;
    private int _inRow;

    /// <inheritdoc/>
    public PipeReader Input => field ??= new SwitchingReader(inner.Input, this);

    /// <inheritdoc/>
    public PipeWriter Output => field ??= new SwitchingWriter(inner.Output, this);

    /// <summary>From now on what follows a wait runs on threads of the pool, beginning with what follows this.</summary>
    public PoolThread.Switch LeaveAsync()
    {
        _left = true;
        return PoolThread.SwitchAsync();
    }

    /// <summary>What follows the next wait may run on the thread of the socket again.</summary>
    public void Return() => _left = false;

    /// <summary>What was received, on the thread that it is to be used on.</summary>
    public ValueTask<ReadResult> ReceivedAsync(ValueTask<ReadResult> received) =>
        received.IsCompleted && !IsGreedy() ? received : WaitAsync(received);

    /// <summary>What became of sending, on the thread that goes on with it.</summary>
    public ValueTask<FlushResult> SentAsync(ValueTask<FlushResult> sent) => sent.IsCompleted ? sent : WaitAsync(sent);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<T> WaitAsync<T>(ValueTask<T> pending)
    {
        try
        {
            return await pending;
        }
        finally
        {
            if (_left || !mayStay || IsGreedy())
            {
                _inRow = 0;
                await PoolThread.SwitchAsync();
            }
        }
    }

    /// <summary>Whether it has had the thread many times in a row. As soon as another connection has its turn there, nobody is kept waiting.</summary>
    private bool IsGreedy()
    {
        if (_last != _id)
        {
            (_last, _inRow) = (_id, 0);
        }

        return ++_inRow > MostInRow;
    }
}
