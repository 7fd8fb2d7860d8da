using ImgApi.Api.Wire;
using ImgApi.Domain.Errors;
using ImgApi.Domain.Images;
using ImgApi.Domain.Jobs;
using ImgApi.Domain.Text;

namespace ImgApi.Api.Jobs;

/// <summary>
/// Runs one import from its first missing step to its end. Every step can be repeated: a job that a dying server left goes on
/// where it was, and so does one that finds what another left.
/// </summary>
internal sealed partial class ImportJob(
    IJobStore store, JobDesk desk, ImportSteps steps, IImageRepository images, TimeProvider clock, ILogger<ImportJob> logger)
{
    // Characters in the log. Another server's words may be in a reason.
    private const int LongestReason = 2000;

    private const string Action = "import-remote/job";

    /// <summary>Runs the job.</summary>
    /// <param name="job">Not finished.</param>
    /// <param name="live">Says when it is canceled; gets the progress of transfers.</param>
    /// <param name="stop">The server ends: the job stays as it is, for the next start.</param>
    /// <exception cref="ImgApiException">The job's state could not be kept.</exception>
    public async Task RunAsync(Job job, LiveJob live, CancellationToken stop)
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
            LogSucceeded(job.Uuid, job.Image);
        }
        catch (Exception) when (live.Canceled.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            await run.CancelAsync($"{live.Reason}; {await TakeBackAsync(run.Job, live)}");
            LogCanceled(job.Uuid, job.Image, live.Reason!);
        }
        catch (Exception fault) when (!stop.IsCancellationRequested)
        {
            var error = Explain(job, fault);
            await run.FailAsync(error, await TakeBackAsync(run.Job, live));
            LogFailed(job.Uuid, job.Image, VisibleText.Cut((fault as ImgApiException)?.Explanation ?? error.Message, LongestReason));
        }
    }

    private async Task ImportAsync(JobRun run, Uuid uuid, CancellationToken stop)
    {
        var before = await images.FindAsync(uuid, stop);
        await steps.ImportAsync(run, uuid, stop);
        if (before is not { Activated: true } && await images.FindAsync(uuid, stop) is { } image)
        {
            // The line of the request, which has the same id, says who asked.
            ChangeLine.Write(logger, user: null, address: null, Action, $"{uuid}", ChangedImage.Of(image), StatusCodes.Status200OK, run.Job.RequestId);
        }
    }

    private JobError Explain(Job job, Exception fault)
    {
        if (fault is ImgApiException refusal)
        {
            return new JobError(refusal.Code.Name, refusal.Message, [.. refusal.Errors.Take(ErrorWriter.MostFields)]);
        }

        LogFault(fault, job.Uuid);
        return new JobError(ErrorCode.Internal.Name, $"an unexpected error occurred, see the server's log for job {job.Uuid}");
    }

    /// <summary>Removes what the job made and did not finish, and no other job is at, the image first, then its origins.</summary>
    /// <returns>What was removed, for a person.</returns>
    private async Task<string> TakeBackAsync(Job job, LiveJob live)
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
                LogKept(image, job.Uuid, kept.Message);
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

    [LoggerMessage(Level = LogLevel.Information, Message = "job {Uuid} has imported image {Image}")]
    private partial void LogSucceeded(Uuid uuid, Uuid image);

    [LoggerMessage(Level = LogLevel.Information, Message = "job {Uuid} for image {Image} was canceled: {Reason}")]
    private partial void LogCanceled(Uuid uuid, Uuid image, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "job {Uuid} failed to import image {Image}: {Reason}")]
    private partial void LogFailed(Uuid uuid, Uuid image, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "job {Uuid} failed")]
    private partial void LogFault(Exception fault, Uuid uuid);

    [LoggerMessage(Level = LogLevel.Information, Message = "image {Image} of job {Uuid}, which did not succeed, stays: {Reason}")]
    private partial void LogKept(Uuid image, Uuid uuid, string reason);
}
