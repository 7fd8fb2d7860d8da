using ImgApi.Domain.Jobs;
using ImgApi.Domain.Storage;

namespace ImgApi.Domain.Importing;

/// <summary>
/// Runs one import from its first missing step to its end. Every step is idempotent, so a job resumes after a crash, or continues from
/// what an earlier job left half-finished.
/// </summary>
public sealed class ImportJob(
    IJobStore store, JobDesk desk, ImportSteps steps, IImageRepository images, IJobObserver observer, TimeProvider clock)
{
    // Field errors of a refusal that a job keeps. The manifest of another server can have any number of wrong fields.
    private const int MaxFieldErrors = 100;

    /// <summary>Runs the job.</summary>
    /// <param name="job">Not finished.</param>
    /// <param name="live">Says when it is canceled; gets the progress of transfers.</param>
    /// <param name="stop">The server ends: the job stays as it is, for the next start.</param>
    /// <exception cref="ImgApiException">The job's state could not be kept.</exception>
    internal async Task RunAsync(Job job, LiveJob live, CancellationToken stop)
    {
        var run = new JobRun(store, job.Start(), live.Progress, clock);
        await run.SaveAsync(stop);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, live.Canceled);
        try
        {
            foreach (var image in job.Images)
            {
                await ImportAsync(run, image, either.Token);
                desk.Queue.Finish(live, image);
            }

            await run.SucceedAsync();
            observer.Succeeded(job);
        }
        catch (Exception) when (live.Canceled.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            await run.CancelAsync($"{live.Reason}; {await RollBackAsync(run.Job, live)}");
            observer.Canceled(job, live.Reason!);
        }
        catch (Exception fault) when (!stop.IsCancellationRequested)
        {
            var error = Explain(job, fault);
            await run.FailAsync(error, await RollBackAsync(run.Job, live));
            observer.Failed(job, (fault as ImgApiException)?.Explanation ?? error.Message);
        }
    }

    private async Task ImportAsync(JobRun run, Uuid uuid, CancellationToken stop)
    {
        var before = await images.FindAsync(uuid, stop);
        await steps.ImportAsync(run, uuid, stop);
        if (before is not { Activated: true } && await images.FindAsync(uuid, stop) is { } image)
        {
            observer.Imported(run.Job, image);
        }
    }

    private JobError Explain(Job job, Exception fault)
    {
        if (fault is ImgApiException refusal)
        {
            return new JobError(refusal.Code.Name, refusal.Message, [.. refusal.Errors.Take(MaxFieldErrors)]);
        }

        observer.Broke(job.Uuid, fault);
        return new JobError(ErrorCode.Internal.Name, $"an unexpected error occurred, see the server's log for job {job.Uuid}");
    }

    /// <summary>Removes what the job made and did not finish, and no other job is at, the image first, then its origins.</summary>
    /// <returns>What was removed, for a person.</returns>
    private async Task<string> RollBackAsync(Job job, LiveJob live)
    {
        var removed = new List<Uuid>();
        foreach (var image in job.Images.Reverse().Where(image => job.Created.Contains(image) && !desk.Queue.IsBeingMade(image, live)))
        {
            try
            {
                if (await TryRemoveAsync(image))
                {
                    removed.Add(image);
                }
            }
            catch (ImgApiException kept)
            {
                observer.Kept(job, image, kept.Message);
            }
        }

        return removed.Count == 0 ? "nothing was removed" : "removed again: " + string.Join(", ", removed);
    }

    /// <summary>Removes an image that is not activated and that no other image is based on.</summary>
    /// <returns>Whether it was there.</returns>
    private async Task<bool> TryRemoveAsync(Uuid uuid)
    {
        while (await images.FindAsync(uuid, CancellationToken.None) is { } image)
        {
            image.EnsureNotActivated();
            if (await images.TryRemoveAsync(image, WriteConditions.Unused(channel: null), CancellationToken.None))
            {
                return true;
            }
        }

        return false;
    }
}
