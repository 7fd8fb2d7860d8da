using ImgApi.Domain.Audit;
using ImgApi.Domain.Jobs;

namespace ImgApi.Domain.Importing;

/// <summary>Runs one import. Every step is idempotent, so a job resumes after a crash, or continues what an earlier job left half-finished.</summary>
public sealed class ImportJob(
    IJobStore store, JobRegistry registry, ImportSteps steps, IImageRepository images, IJobObserver observer, TimeProvider clock)
{
    // Maximum number of field errors in a stored job. The manifest of another server can have any number of wrong fields.
    private const int MaxFieldErrors = 100;

    /// <param name="stop">Canceled when the server stops. The job keeps its state for the next start.</param>
    /// <exception cref="ImgApiException">The job's state could not be stored.</exception>
    internal async Task RunAsync(Job job, LiveJob live, CancellationToken stop)
    {
        Cause.Current = new Cause("ImportJob", job.User, Request: job.RequestId);
        var run = new JobRun(store, job, live, clock);
        await run.StartAsync(stop);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, live.Canceled);
        try
        {
            foreach (var image in job.Images)
            {
                await steps.ImportAsync(run, image, either.Token);
                registry.Queue.FinishImage(live, image);
            }

            await run.SucceedAsync();
            observer.Succeeded(job);
        }
        catch (Exception fault) when (!stop.IsCancellationRequested)
        {
            if ((live.Reason ?? await DeletionAsync(run.Job, fault)) is { } reason)
            {
                await run.CancelAsync($"{reason}; {await RollBackAsync(run.Job, live)}");
                observer.Canceled(job, reason);
                return;
            }

            var error = Explain(job, fault);
            await run.FailAsync(error, await RollBackAsync(run.Job, live));
            observer.Failed(job, (fault as ImgApiException)?.Explanation ?? error.Message);
        }
    }

    /// <summary>
    /// The reason to cancel if an image of the job was deleted; null for any other fault. A deleted image is gone before its job is canceled, so
    /// the job may notice that first.
    /// </summary>
    private async Task<string?> DeletionAsync(Job job, Exception fault)
    {
        if (fault is ImgApiException refusal && refusal.Code == ErrorCode.ResourceNotFound)
        {
            foreach (var image in job.Created)
            {
                if (await images.FindAsync(image, CancellationToken.None) is null)
                {
                    return JobRegistry.DeletionOf(image);
                }
            }
        }

        return null;
    }

    private JobError Explain(Job job, Exception fault)
    {
        if (fault is ImgApiException refusal)
        {
            return new JobError(refusal.Code.Name, refusal.Message, [.. refusal.Errors.Take(MaxFieldErrors)]);
        }

        observer.Crashed(job.Uuid, fault);
        return new JobError(ErrorCode.Internal.Name, $"an unexpected error occurred, see the server's log for job {job.Uuid}");
    }

    /// <summary>Removes the unfinished images that this job added, origins last, unless another job works on them.</summary>
    private async Task<string> RollBackAsync(Job job, LiveJob live)
    {
        var removed = new List<Uuid>();
        foreach (var image in job.Images.Reverse().Where(image => job.Created.Contains(image) && !registry.Queue.IsBeingImported(image, live)))
        {
            try
            {
                if (await images.RemoveAsync(image, now => now.EnsureNotActivated(), WriteConditions.Unused(channel: null), CancellationToken.None))
                {
                    removed.Add(image);
                }
            }
            catch (ImgApiException refusal)
            {
                observer.Kept(job, image, refusal.Message);
            }
        }

        return removed.Count == 0 ? "nothing was removed" : "removed again: " + string.Join(", ", removed);
    }
}
