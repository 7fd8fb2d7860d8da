using System.Threading.Channels;

namespace ImgApi.Domain.Importing;

/// <summary>
/// Distributes a few slots among waiting jobs. The jobs of one source run in their order. The source with the fewest slots is served first,
/// and a source gets another slot only while more slots are free than it uses. So one slow or hostile source uses at most two of the four
/// slots, and two sources use at most three. A common origin is imported once: the second job waits, without a slot, until the first job
/// has finished that image.
/// </summary>
internal sealed class JobQueue
{
    public const int Slots = 4;

    private readonly Lock _lock = new();
    private readonly LinkedList<LiveJob> _waiting = new();
    private readonly HashSet<LiveJob> _running = [];
    private readonly HashSet<LiveJob> _ending = [];
    private readonly Channel<LiveJob> _withdrawn = System.Threading.Channels.Channel.CreateUnbounded<LiveJob>();
    private TaskCompletionSource _changed = Signal();

    public void Add(LiveJob job) => Change(() => _waiting.AddLast(job));

    /// <summary>Lets a canceled job end without waiting for a slot. A running job keeps its slot until it ends.</summary>
    public void Withdraw(LiveJob job)
    {
        lock (_lock)
        {
            if (_waiting.Remove(job))
            {
                _ending.Add(job);
                _withdrawn.Writer.TryWrite(job);
            }
        }
    }

    /// <summary>Waits for the next job that was canceled before it had a slot.</summary>
    public Task<LiveJob> TakeWithdrawnAsync(CancellationToken cancellation) => _withdrawn.Reader.ReadAsync(cancellation).AsTask();

    /// <summary>Waits for the next job and gives it a slot.</summary>
    public async Task<LiveJob> TakeAsync(CancellationToken cancellation)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (Next() is { } job)
                {
                    _waiting.Remove(job);
                    _running.Add(job);
                    return job;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellation);
        }
    }

    /// <summary>A job has finished one of its images, so that jobs waiting for it may run.</summary>
    public void FinishImage(LiveJob job, Uuid image) => Change(() => job.Remaining.Remove(image));

    /// <summary>Whether a running job other than <paramref name="except"/> imports the image.</summary>
    public bool IsBeingImported(Uuid image, LiveJob except)
    {
        lock (_lock)
        {
            return _running.Any(job => job != except && job.Remaining.Contains(image));
        }
    }

    /// <summary>Frees the slot of a job, if it has one.</summary>
    public void Release(LiveJob job) => Change(() =>
    {
        _running.Remove(job);
        _ending.Remove(job);
    });

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private LiveJob? Next()
    {
        var free = Slots - _running.Count;
        return _waiting.Where(job => SlotsOf(job.Source) < free && !MustWait(job)).MinBy(job => SlotsOf(job.Source));
    }

    private bool MustWait(LiveJob job) => _running.Concat(_ending).Any(other => other.Remaining.Overlaps(job.Remaining));

    private int SlotsOf(string source) => _running.Count(job => job.Source == source);

    /// <summary>Makes a change and lets <see cref="TakeAsync"/> look for a job again.</summary>
    private void Change(Action change)
    {
        lock (_lock)
        {
            change();
            _changed.TrySetResult();
            _changed = Signal();
        }
    }
}
