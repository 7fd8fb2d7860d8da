using System.Diagnostics;
using ImgApi.Domain.Jobs;

namespace ImgApi.Domain.Importing;

/// <summary>Runs jobs, a few at a time, and removes finished jobs after a while.</summary>
public sealed class JobWorkers(JobRegistry registry, IJobStore store, ImportJob import, IJobObserver observer, TimeProvider clock)
{
    // More than can wait at once, so that clients which import a whole catalogue can read every result.
    private const int MaxFinished = 2 * JobRegistry.MaxLive;

    /// <summary>The source of a span for each run of a job.</summary>
    public const string TraceSource = "ImgApi.Jobs";

    private static readonly ActivitySource Traces = new(TraceSource);
    private static readonly TimeSpan KeepFinished = TimeSpan.FromDays(7);

    /// <summary>Runs jobs until it is canceled. Running jobs then keep their state for the next process.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            // Jobs that were canceled while they waited need no slot, since slow sources may occupy all of them.
            var workers = Enumerable.Range(0, JobQueue.Slots).Select(_ => RunJobsAsync(registry.Queue.TakeAsync, stop));
            await Task.WhenAll([.. workers, RunJobsAsync(registry.Queue.TakeWithdrawnAsync, stop)]);
        }
        finally
        {
            registry.Close();
        }
    }

    private async Task RunJobsAsync(Func<CancellationToken, Task<LiveJob>> next, CancellationToken stop)
    {
        while (true)
        {
            await PurgeAsync(stop);
            await RunJobAsync(await next(stop), stop);
        }
    }

    private async Task RunJobAsync(LiveJob live, CancellationToken stop)
    {
        // Null unless traces are collected.
        using var span = Traces.StartActivity(Job.ImportRemoteImage)?.SetTag("imgapi.job", live.Uuid);
        Exception? storeFault = null;
        try
        {
            if (await store.FindAsync(live.Uuid, stop) is { IsFinished: false } job)
            {
                await import.RunAsync(job, live, stop);
            }
        }
        catch (Exception fault) when (!stop.IsCancellationRequested)
        {
            // The end of the job could not be stored. The next start, or a new job for the image, continues it.
            observer.StateNotStored(live.Uuid, fault);
            storeFault = fault;
        }
        finally
        {
            registry.Release(live, storeFault);
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
