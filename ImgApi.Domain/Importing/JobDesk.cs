using System.Collections.Concurrent;
using ImgApi.Domain.Jobs;
using ImgApi.Domain.Remote;

namespace ImgApi.Domain.Importing;

/// <summary>Takes jobs in, and knows those that wait or are worked on in this process.</summary>
public sealed class JobDesk(IJobStore store, TimeProvider clock) : IDisposable
{
    /// <summary>Jobs that may wait or run: a whole public catalogue, and a bound on what a hostile caller costs.</summary>
    public const int MaxLive = 2000;

    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<Uuid, LiveJob> _live = new();
    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>The jobs that wait for their turn.</summary>
    internal JobQueue Queue { get; } = new();

    /// <summary>The job that waits or runs for an image; null if there is none.</summary>
    public async ValueTask<Job?> FindLiveAsync(Uuid image, CancellationToken cancellation)
    {
        foreach (var live in _live.Values.Where(live => live.Image == image && !live.Canceled.IsCancellationRequested))
        {
            if (await store.FindAsync(live.Uuid, cancellation) is { IsFinished: false } job)
            {
                return job;
            }
        }

        return null;
    }

    /// <summary>Whether a job is to make an image, for its own sake or as the origin of another one.</summary>
    public bool IsBeingMade(Uuid image) => _live.Values.Any(live => live.Images.Contains(image));

    /// <summary>How far a job is that is worked on now; null for others.</summary>
    public JobProgress? Progress(Uuid job) => _live.GetValueOrDefault(job)?.Progress;

    /// <summary>Keeps a new job and puts it in the queue. If one for the image is there already, that one is returned.</summary>
    /// <param name="image">The image, at its source.</param>
    /// <param name="chain">What to import, origins first.</param>
    /// <param name="channel">The channel that they are to be in; null on a server without channels.</param>
    /// <param name="isForced">See <see cref="Job.IsForced"/>.</param>
    /// <param name="cancellation">Honoured until the job is kept.</param>
    /// <exception cref="ImgApiException"><c>ServiceUnavailableError</c> if too many wait; the store's own.</exception>
    public async Task<Job> SubmitAsync(RemoteImage image, IReadOnlyList<Uuid> chain, string? channel, bool isForced, CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            if (await FindLiveAsync(image.Uuid, cancellation) is { } running)
            {
                return running;
            }

            if (_live.Count >= MaxLive)
            {
                throw new ImgApiException(ErrorCode.ServiceUnavailable, $"{MaxLive} jobs are waiting already, try again later")
                {
                    RetryAfter = TryAgainAfter,
                };
            }

            var job = new Job
            {
                Uuid = Uuid.New(),
                Source = image.Source,
                Images = chain,
                Channel = channel,
                IsForced = isForced,
                RequestId = image.RequestId,
                CreatedAt = clock.GetUtcNow(),
            };
            await KeepAsync(job, cancellation);
            return job;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>
    /// Puts the jobs into the queue that an earlier process did not finish. Those that were worked on come last, so that a source which
    /// keeps its jobs from ending does not have the first places after each start. Called once, before requests are taken.
    /// </summary>
    /// <returns>How many there are.</returns>
    public async Task<int> EnqueueUnfinishedAsync(CancellationToken cancellation)
    {
        var jobs = await store.ListAsync(cancellation);
        var unfinished = jobs.Where(job => !job.IsFinished).OrderBy(job => job.Execution == JobExecution.Running).ToArray();
        foreach (var job in unfinished)
        {
            Enqueue(job);
        }

        return unfinished.Length;
    }

    /// <summary>Ends a job and waits until nobody works on it any more. A job that has ended stays as it is.</summary>
    /// <param name="job">Its uuid.</param>
    /// <param name="reason">Why, for a person; part of the job's last result.</param>
    /// <param name="cancellation">Ends the wait, not the end of the job.</param>
    /// <exception cref="ImgApiException">The end of the job could not be kept: the next start may go on with it.</exception>
    public async Task CancelAsync(Uuid job, string reason, CancellationToken cancellation)
    {
        if (_live.TryGetValue(job, out var live))
        {
            live.Cancel(reason);
            Queue.Withdraw(live);
            await live.Ended.WaitAsync(cancellation);
        }
        else if (await store.FindAsync(job, cancellation) is { IsFinished: false } left)
        {
            // One whose state could not be kept earlier.
            var now = clock.GetUtcNow();
            await store.SaveAsync(left.Cancel(new JobResult("cancel", reason, null, now, now)), cancellation);
        }
    }

    /// <summary>Ends the jobs that are to make a deleted image, for its own sake or as the origin of another one.</summary>
    public Task CancelOfAsync(Uuid image, CancellationToken cancellation) => Task.WhenAll(
        _live.Values.Where(live => live.Images.Contains(image)).Select(live => CancelAsync(live.Uuid, $"image {image} was deleted", cancellation)));

    /// <summary>Frees the place of a job that no worker works on any more.</summary>
    /// <param name="job">The job.</param>
    /// <param name="fault">Why its last state could not be kept; null if it was.</param>
    internal void Leave(LiveJob job, Exception? fault)
    {
        _live.TryRemove(job.Uuid, out _);
        Queue.GiveBack(job);
        job.End(fault);
    }

    /// <summary>The server ends: no job is worked on any more, and nobody should wait for one.</summary>
    internal void Close()
    {
        foreach (var job in _live.Values)
        {
            job.End();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private async Task KeepAsync(Job job, CancellationToken cancellation)
    {
        try
        {
            await store.SaveAsync(job, cancellation);
        }
        finally
        {
            // A job that is in place without having been flushed would otherwise begin at the next start, when nobody expects it.
            if (await store.FindAsync(job.Uuid, CancellationToken.None) is not null)
            {
                Enqueue(job);
            }
        }
    }

    private void Enqueue(Job job)
    {
        var live = new LiveJob(job);
        _live[job.Uuid] = live;
        Queue.Add(live);
        if (live.Canceled.IsCancellationRequested)
        {
            Queue.Withdraw(live); // canceled before it was in the queue
        }
    }
}
