using ImgApi.Domain.Jobs;

namespace ImgApi.Domain.Importing;

/// <summary>
/// Works on jobs, a few at a time, and continues those that an earlier process did not finish. Finished jobs are kept for a while and
/// then removed.
/// </summary>
public sealed class JobWorkers(JobDesk desk, IJobStore store, ImportJob import, IJobObserver observer, TimeProvider clock)
{
    // More than can wait at once, so that clients which wait for a whole catalogue find the end of each.
    private const int MaxFinished = 2 * JobDesk.MaxLive;

    private static readonly TimeSpan KeepFinished = TimeSpan.FromDays(7);

    /// <summary>Queues the jobs that an earlier process did not finish. Called once, before jobs are submitted.</summary>
    public async Task ContinueAsync(CancellationToken cancellation)
    {
        if (await desk.EnqueueUnfinishedAsync(cancellation) is var count and > 0)
        {
            observer.Continued(count);
        }
    }

    /// <summary>Works on jobs until it is cancelled. Jobs that are worked on then stay as they are, for the next process.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            // Jobs that were canceled while they waited need no place: all of them may be held by slow sources.
            var workers = Enumerable.Range(0, JobQueue.Places).Select(_ => WorkOnJobsAsync(desk.Queue.TakeAsync, stop));
            await Task.WhenAll([.. workers, WorkOnJobsAsync(desk.Queue.TakeWithdrawnAsync, stop)]);
        }
        finally
        {
            desk.Close();
        }
    }

    private async Task WorkOnJobsAsync(Func<CancellationToken, Task<LiveJob>> next, CancellationToken stop)
    {
        await PurgeAsync(stop);
        while (true)
        {
            await WorkOnAsync(await next(stop), stop);
            await PurgeAsync(stop);
        }
    }

    private async Task WorkOnAsync(LiveJob live, CancellationToken stop)
    {
        Exception? stuck = null;
        try
        {
            if (await store.FindAsync(live.Uuid, stop) is { IsFinished: false } job)
            {
                await import.RunAsync(job, live, stop);
            }
        }
        catch (Exception fault) when (!stop.IsCancellationRequested)
        {
            // The end of the job could not even be kept. The next start continues it, or a new job for the image does.
            observer.Stuck(live.Uuid, fault);
            stuck = fault;
        }
        finally
        {
            desk.Leave(live, stuck);
        }
    }

    private async Task PurgeAsync(CancellationToken stop)
    {
        var jobs = await store.ListAsync(stop);
        var finished = jobs.Where(job => job.IsFinished).OrderByDescending(job => job.FinishedAt).ToArray();
        var limit = clock.GetUtcNow() - KeepFinished;
        foreach (var job in finished.Where((job, place) => place >= MaxFinished || job.FinishedAt < limit))
        {
            try
            {
                await store.RemoveAsync(job.Uuid, stop);
            }
            catch (Exception fault) when (!stop.IsCancellationRequested)
            {
                observer.NotPurged(job.Uuid, fault);
            }
        }
    }
}
