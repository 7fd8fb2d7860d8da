using ImgApi.Domain.Images;
using ImgApi.Domain.Jobs;
using ImgApi.Domain.Text;
using ImgApi.Infrastructure;

namespace ImgApi.Api.Jobs;

/// <summary>
/// Works on jobs, a few at a time, for as long as the server runs, and goes on with those that an earlier process did not finish.
/// Finished jobs are kept for a while and then forgotten.
/// </summary>
internal sealed partial class JobRunner(JobDesk desk, IJobStore store, ImportJob import, TimeProvider clock, ILogger<JobRunner> logger)
    : WorkAfterStart(logger)
{
    // More than can wait at once, so that clients which wait for a whole catalogue find the end of each.
    private const int MaxFinished = 2 * JobDesk.MaxLive;

    private static readonly TimeSpan KeepFinished = TimeSpan.FromDays(7);

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (await desk.TakeUpUnfinishedAsync(cancellationToken) is var count and > 0)
        {
            var jobs = Count.Of(count, "job");
            LogTakenUp(jobs);
        }

        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task WorkAsync(CancellationToken stopping)
    {
        try
        {
            // Jobs that were canceled while they waited need no place: all of them may be held by slow sources.
            var workers = Enumerable.Range(0, JobQueue.Places).Select(_ => WorkOnJobsAsync(desk.Queue.TakeAsync, stopping));
            await Task.WhenAll([.. workers, WorkOnJobsAsync(desk.Queue.TakeWithdrawnAsync, stopping)]);
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
            // The end of the job could not even be kept. The next start goes on with it, or a new job for the image.
            LogStuck(fault, live.Uuid);
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
                LogNotPurged(fault, job.Uuid);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Unfinished work of an earlier run continues: {Jobs}")]
    private partial void LogTakenUp(string jobs);

    [LoggerMessage(Level = LogLevel.Error, Message = "job {Uuid} could not be brought to its end")]
    private partial void LogStuck(Exception fault, Uuid uuid);

    [LoggerMessage(Level = LogLevel.Warning, Message = "the finished job {Uuid} could not be removed")]
    private partial void LogNotPurged(Exception fault, Uuid uuid);
}
