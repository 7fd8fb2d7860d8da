namespace ImgApi.Api.CommandLine.Transfers;

/// <summary>Cancels a transfer that makes no progress.</summary>
/// <param name="limit">Maximum time without progress.</param>
/// <param name="cancellation">Cancels the transfer for other reasons.</param>
internal sealed class StallWatch(TimeSpan limit, CancellationToken cancellation) : IDisposable
{
    // A server flushes the file to its disk before it answers, and after a restart reads it again.
    private static readonly TimeSpan LimitOfAnswer = TimeSpan.FromMinutes(15);

    private readonly CancellationTokenSource _source = CancellationTokenSource.CreateLinkedTokenSource(cancellation);

    public CancellationToken Token => _source.Token;

    /// <summary>Whether the transfer was canceled because it made no progress.</summary>
    public bool HasFired => _source.IsCancellationRequested && !cancellation.IsCancellationRequested;

    /// <summary>Waits without a limit, for bytes of this machine.</summary>
    public void Suspend() => _source.CancelAfter(Timeout.InfiniteTimeSpan);

    /// <summary>Progress was made.</summary>
    public void Restart() => _source.CancelAfter(limit);

    /// <summary>Every byte is sent; the answer may take longer.</summary>
    public void AwaitAnswer() => _source.CancelAfter(LimitOfAnswer);

    public void Dispose() => _source.Dispose();
}
