using ImgApi.Domain.Jobs;

namespace ImgApi.Domain.Importing;

/// <summary>A job that waits or is worked on in this process.</summary>
#pragma warning disable CA1001 // a source of cancellation without a timer holds nothing that needs disposal
internal sealed class LiveJob(Job job)
#pragma warning restore CA1001
{
    private readonly CancellationTokenSource _canceled = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? _reason;

    /// <summary>The job's identity.</summary>
    public Uuid Uuid => job.Uuid;

    /// <summary>The image that was asked for.</summary>
    public Uuid Image => job.Image;

    /// <summary>The images that the job makes: the one that was asked for, and its origins.</summary>
    public IReadOnlyList<Uuid> Images => job.Images;

    /// <summary>The images that the job has not dealt with yet. Looked at and changed by <see cref="JobQueue"/> alone.</summary>
    internal HashSet<Uuid> Remaining { get; } = [.. job.Images];

    /// <summary>Host and port of the server that it imports from. Jobs of one source share its places.</summary>
    public string Source => job.Source.Address.Authority;

    /// <summary>How far its transfer is.</summary>
    public JobProgress Progress { get; } = new();

    /// <summary>Set when somebody wants the job to end.</summary>
    public CancellationToken Canceled => _canceled.Token;

    /// <summary>Why it was canceled, for a person; null if it was not.</summary>
    public string? Reason => Volatile.Read(ref _reason);

    /// <summary>Completes when no worker works on the job any more; fails with the reason why the job's last state could not be stored.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Asks for the end of the job. The first reason is kept.</summary>
    public void Cancel(string reason)
    {
        Interlocked.CompareExchange(ref _reason, reason, null);
        _canceled.Cancel();
    }

    /// <summary>Nobody works on the job any more.</summary>
    /// <param name="fault">Why its last state could not be kept; null if it was.</param>
    public void End(Exception? fault = null)
    {
        if (fault is null)
        {
            _ended.TrySetResult();
        }
        else if (_ended.TrySetException(fault))
        {
            _ = _ended.Task.Exception; // often nobody waits for it, and it is in the log
        }
    }
}
