using ImgApi.Domain.Jobs;
using ImgApi.Domain.Remote;

namespace ImgApi.Domain.Importing;

/// <summary>A job while it is worked on: every change of it is kept before the work goes on.</summary>
internal sealed class JobRun(IJobStore store, Job job, JobProgress progress, TimeProvider clock)
{
    private (string Name, DateTimeOffset At) _step = ("start", clock.GetUtcNow());

    /// <summary>The job as it is now.</summary>
    public Job Job { get; private set; } = job;

    /// <summary>An image of the job, at its source.</summary>
    public RemoteImage Remote(Uuid image) => new(Job.Source, image, Job.RequestId);

    /// <summary>Keeps the job as it is now.</summary>
    public Task SaveAsync(CancellationToken stop) => store.SaveAsync(Job, stop);

    /// <summary>Does a step; its result is kept when it is done.</summary>
    /// <param name="name">The step.</param>
    /// <param name="work">Does it and says what it did.</param>
    /// <param name="stop">The server ends.</param>
    public async Task StepAsync(string name, Func<Task<string>> work, CancellationToken stop)
    {
        _step = (name, clock.GetUtcNow());
        try
        {
            // The work changes the job too, so it is looked at only afterwards.
            var result = await work();
            Job = Job.WithResult(new JobResult(name, result, null, _step.At, clock.GetUtcNow()));
        }
        finally
        {
            progress.End();
        }

        await SaveAsync(stop);
    }

    /// <summary>Bytes begin to come.</summary>
    public void Downloading(Uuid image, RemoteContent content) => progress.Begin(image, content);

    /// <summary>Keeps that the job is about to make an image, or did not make it after all.</summary>
    public Task MarkAsync(Uuid image, bool created, CancellationToken stop)
    {
        Job = created ? Job.WithCreated(image) : Job.WithoutCreated(image);
        return SaveAsync(stop);
    }

    /// <summary>The end.</summary>
    public Task SucceedAsync()
    {
        Job = Job.Succeed(clock.GetUtcNow());
        return SaveAsync(CancellationToken.None);
    }

    /// <summary>The job was canceled: the step that was under way is the last one.</summary>
    public Task CancelAsync(string result)
    {
        Job = Job.Cancel(new JobResult(_step.Name, result, null, _step.At, clock.GetUtcNow()));
        return SaveAsync(CancellationToken.None);
    }

    /// <summary>The job has failed: the step that was under way is the last one.</summary>
    public Task FailAsync(JobError error, string result)
    {
        Job = Job.Fail(new JobResult(_step.Name, result, error, _step.At, clock.GetUtcNow()));
        return SaveAsync(CancellationToken.None);
    }
}
