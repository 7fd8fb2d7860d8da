using System.Collections.Concurrent;
using ImgApi.Domain.Audit;
using ImgApi.Domain.Jobs;
using ImgApi.Domain.Remote;

namespace ImgApi.Domain.Importing;

/// <summary>Accepts and cancels jobs, and tracks the unfinished jobs of this process.</summary>
public sealed class JobRegistry(IJobStore store, TimeProvider clock) : IDisposable
{
    /// <summary>Maximum number of unfinished jobs: enough for a whole public catalogue, and a limit for hostile callers.</summary>
    public const int MaxLive = 2000;

    private readonly ConcurrentDictionary<Uuid, LiveJob> _live = new();
    private readonly SemaphoreSlim _gate = new(1, 1);

    internal JobQueue Queue { get; } = new();

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

    /// <summary>Whether an unfinished job imports the image, also as the origin of another one.</summary>
    public bool IsBeingImported(Uuid image) => _live.Values.Any(live => live.Images.Contains(image));

    public JobTransfer? Transfer(Uuid job) => _live.GetValueOrDefault(job)?.Transfer;

    /// <summary>Stores and enqueues a new job, or returns the unfinished job for the image.</summary>
    /// <param name="chain">See <see cref="Job.Images"/>.</param>
    /// <exception cref="ImgApiException"><c>ServiceUnavailableError</c> for too many unfinished jobs; the errors of the store.</exception>
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
                var message = $"{MaxLive} jobs are unfinished, try again later";
                throw new ImgApiException(ErrorCode.ServiceUnavailable, message) { RetryAfter = TimeSpan.FromMinutes(1) };
            }

            var job = new Job
            {
                Uuid = Uuid.New(),
                Source = image.Source,
                Images = chain,
                Channel = channel,
                IsForced = isForced,
                RequestId = image.RequestId,
                User = Cause.Current.User,
                CreatedAt = clock.GetUtcNow(),
            };
            await StoreAsync(job, cancellation);
            return job;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>
    /// Enqueues the unfinished jobs of an earlier process and returns their number. Those that were running come last: a source that never lets
    /// a job end must not get the first slots after each start. Called once, before requests are accepted.
    /// </summary>
    public async Task<int> ResumeUnfinishedAsync(CancellationToken cancellation)
    {
        var jobs = await store.ListAsync(cancellation);
        var unfinished = jobs.Where(job => !job.IsFinished).OrderBy(job => job.Execution == JobExecution.Running).ToArray();
        foreach (var job in unfinished)
        {
            Enqueue(job);
        }

        return unfinished.Length;
    }

    /// <summary>Cancels a job and waits until it has ended. A finished job is left alone.</summary>
    /// <param name="reason">Becomes part of the job's last result.</param>
    /// <param name="cancellation">Cancels the wait only.</param>
    /// <exception cref="ImgApiException">The end of the job could not be stored, so the next start may continue the job.</exception>
    public async Task CancelAsync(Uuid job, string reason, CancellationToken cancellation)
    {
        if (_live.TryGetValue(job, out var live))
        {
            live.Cancel(reason);
            Queue.Withdraw(live);
            await live.Ended.WaitAsync(cancellation);
        }
        else if (await store.FindAsync(job, cancellation) is { IsFinished: false } unfinished)
        {
            // Its final state could not be stored earlier.
            var now = clock.GetUtcNow();
            await store.SaveAsync(unfinished.Cancel(new JobResult("cancel", reason, null, now, now)), cancellation);
        }
    }

    /// <summary>Cancels the jobs that import a deleted image, also as the origin of another one.</summary>
    public Task CancelForImageAsync(Uuid image, CancellationToken cancellation) => Task.WhenAll(
        _live.Values.Where(live => live.Images.Contains(image)).Select(live => CancelAsync(live.Uuid, DeletionOf(image), cancellation)));

    /// <summary>The reason to cancel the jobs that import an image, since it was deleted.</summary>
    internal static string DeletionOf(Uuid image) => $"image {image} was deleted";

    /// <summary>Removes a job that has ended, and frees its slot.</summary>
    /// <param name="fault">Why its final state could not be stored; null if it was.</param>
    internal void Release(LiveJob job, Exception? fault)
    {
        _live.TryRemove(job.Uuid, out _);
        Queue.Release(job);
        job.End(fault);
    }

    /// <summary>Ends all waits for jobs, since the server stops and no job runs any more.</summary>
    internal void Close()
    {
        foreach (var job in _live.Values)
        {
            job.End();
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task StoreAsync(Job job, CancellationToken cancellation)
    {
        try
        {
            await store.SaveAsync(job, cancellation);
        }
        finally
        {
            // A job that was stored but not flushed would otherwise run unexpectedly after the next start.
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
            Queue.Withdraw(live); // canceled before it was enqueued
        }
    }
}
