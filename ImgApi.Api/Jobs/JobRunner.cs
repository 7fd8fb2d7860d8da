using ImgApi.Domain.Images;
using ImgApi.Domain.Jobs;
using ImgApi.Domain.Text;
using ImgApi.Infrastructure;

namespace ImgApi.Api.Jobs;

/// <summary>
/// Works on jobs, a few at a time, for as long as the server runs. What an earlier process did not finish goes on first; what is
/// finished is kept for a while and then forgotten.
/// </summary>
internal sealed partial class JobRunner(JobDesk desk, IJobStore store, Lazy<ImportJob> import, TimeProvider clock, ILogger<JobRunner> logger)
    : WorkAfterStart(logger)
{
    private const int Parallel = 2;

    // More than can wait at once, so that clients which wait for a whole catalogue find the end of each.
    private const int MaxFinished = 2 * JobDesk.MaxLive;

    private static readonly TimeSpan KeepFinished = TimeSpan.FromDays(7);

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (desk.TakeUpUnfinished() is var count and > 0)
        {
            var jobs = Count.Of(count, "job");
            LogTakenUp(jobs);
        }

        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override Task WorkAsync(CancellationToken stopping) =>
        Task.WhenAll(Enumerable.Range(0, Parallel).Select(_ => WorkOnJobsAsync(stopping)));

    private async Task WorkOnJobsAsync(CancellationToken stop)
    {
        await PurgeAsync(stop);
        await foreach (var uuid in desk.WaitingAsync(stop))
        {
            try
            {
                if (store.Find(uuid) is { IsFinished: false } job)
                {
                    await import.Value.RunAsync(job, desk.Progress(uuid)!, stop);
                }
            }
            catch (Exception fault) when (!stop.IsCancellationRequested)
            {
                // The job could not even be marked as failed. The next start goes on with it, or a new job for the image.
                LogStuck(fault, uuid);
            }

            desk.Leave(uuid);
            await PurgeAsync(stop);
        }
    }

    private async Task PurgeAsync(CancellationToken stop)
    {
        var finished = store.List().Where(job => job.IsFinished).OrderByDescending(job => job.FinishedAt).ToArray();
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
