using ImgApi.Domain.Jobs;
using ImgApi.Domain.Remote;

namespace ImgApi.Domain.Importing;

/// <summary>An unfinished job of this process.</summary>
#pragma warning disable CA1001 // a cancellation source without a timer needs no disposal
internal sealed class LiveJob(Job job)
#pragma warning restore CA1001
{
    private readonly CancellationTokenSource _canceled = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? _reason;
    private volatile JobTransfer? _transfer;

    public Uuid Uuid => job.Uuid;
    public Uuid Image => job.Image;
    public IReadOnlyList<Uuid> Images => job.Images;

    /// <summary>The images that are not finished yet. Only <see cref="JobQueue"/> uses it, under its lock.</summary>
    internal HashSet<Uuid> Remaining { get; } = [.. job.Images];

    /// <summary>Host and port of the source. The jobs of one source compete for its slots.</summary>
    public string Source => job.Source.Address.Authority;

    public CancellationToken Canceled => _canceled.Token;

    public string? Reason => Volatile.Read(ref _reason);

    /// <summary>The current transfer. Not stored.</summary>
    public JobTransfer? Transfer { get => _transfer; set => _transfer = value; }

    /// <summary>Completes when the job has ended; fails if its final state could not be stored.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Requests the end of the job. The first reason counts.</summary>
    public void Cancel(string reason)
    {
        Interlocked.CompareExchange(ref _reason, reason, null);
        _canceled.Cancel();
    }

    public void End(Exception? fault = null)
    {
        if (fault is null)
        {
            _ended.TrySetResult();
        }
        else if (_ended.TrySetException(fault))
        {
            _ = _ended.Task.Exception; // marks it as observed: often nobody waits for it, and it was logged
        }
    }
}

public sealed record JobTransfer(Uuid Image, RemoteContent Content);
