using System.Threading.Channels;

namespace ImgApi.Domain.Importing;

/// <summary>
/// The jobs that wait, and the places in which jobs are worked on. The jobs of one source are served in their order. Among sources the
/// one with the fewest places is served first, and a source gets another place only while more are free than it has. So one slow or
/// hostile source holds at most two of the four places, and two sources hold at most three. Jobs with a common origin make it once: the second one
/// waits, without a place, until the first has dealt with it.
/// </summary>
internal sealed class JobQueue
{
    /// <summary>Maximum number of jobs that are worked on at a time.</summary>
    public const int Places = 4;

    private readonly Lock _lock = new();
    private readonly LinkedList<LiveJob> _waiting = new();
    private readonly HashSet<LiveJob> _working = [];
    private readonly HashSet<LiveJob> _ending = [];
    private readonly Channel<LiveJob> _withdrawn = System.Threading.Channels.Channel.CreateUnbounded<LiveJob>();
    private TaskCompletionSource _changed = Signal();

    /// <summary>Puts a job at the end.</summary>
    public void Add(LiveJob job)
    {
        lock (_lock)
        {
            _waiting.AddLast(job);
            Announce();
        }
    }

    /// <summary>Makes a canceled job wait no longer for a place. A job that has a place keeps it until it ends.</summary>
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

    /// <summary>Waits for the next job that was canceled before it had a place.</summary>
    public Task<LiveJob> TakeWithdrawnAsync(CancellationToken cancellation) => _withdrawn.Reader.ReadAsync(cancellation).AsTask();

    /// <summary>Waits for the next job and gives it a place.</summary>
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
                    _working.Add(job);
                    return job;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellation);
        }
    }

    /// <summary>A job has dealt with one of its images: others may do so now.</summary>
    public void Finish(LiveJob job, Uuid image)
    {
        lock (_lock)
        {
            job.Remaining.Remove(image);
            Announce();
        }
    }

    /// <summary>Whether a job that has a place is to make an image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="except">A job that does not count.</param>
    public bool IsBeingMade(Uuid image, LiveJob except)
    {
        lock (_lock)
        {
            return _working.Any(job => job != except && job.Remaining.Contains(image));
        }
    }

    /// <summary>Frees the place of a job, if it has one.</summary>
    public void GiveBack(LiveJob job)
    {
        lock (_lock)
        {
            _working.Remove(job);
            _ending.Remove(job);
            Announce();
        }
    }

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private LiveJob? Next()
    {
        var free = Places - _working.Count;
        return _waiting.Where(job => PlacesOf(job.Source) < free && !HasToWait(job)).MinBy(job => PlacesOf(job.Source));
    }

    private bool HasToWait(LiveJob job) => _working.Concat(_ending).Any(other => other.Remaining.Overlaps(job.Remaining));

    private int PlacesOf(string source) => _working.Count(job => job.Source == source);

    private void Announce()
    {
        _changed.TrySetResult();
        _changed = Signal();
    }
}
