using ImgApi.Domain.Jobs;
using ImgApi.Domain.Remote;

namespace ImgApi.Domain.Importing;

/// <summary>A running job. Every change of its state is stored before the work continues.</summary>
internal sealed class JobRun(IJobStore store, Job job, JobProgress progress, TimeProvider clock)
{
    private (string Name, DateTimeOffset At) _step = ("start", clock.GetUtcNow());

    public Job Job { get; private set; } = job;

    /// <summary>An image of the job, at its source.</summary>
    public RemoteImage Remote(Uuid image) => new(Job.Source, image, Job.RequestId);

    public Task SaveAsync(CancellationToken stop) => store.SaveAsync(Job, stop);

    /// <summary>Performs a step and stores its result.</summary>
    /// <param name="name">The step.</param>
    /// <param name="work">Performs it and returns a description of the outcome.</param>
    /// <param name="stop">Canceled when the server stops.</param>
    public async Task StepAsync(string name, Func<Task<string>> work, CancellationToken stop)
    {
        _step = (name, clock.GetUtcNow());
        try
        {
            // The work changes the job too, so Job is read only afterwards.
            var result = await work();
            Job = Job.WithResult(new JobResult(name, result, null, _step.At, clock.GetUtcNow()));
        }
        finally
        {
            progress.End();
        }

        await SaveAsync(stop);
    }

    public void Downloading(Uuid image, RemoteContent content) => progress.Begin(image, content);

    /// <summary>Stores that the job is about to add an image, or did not add it after all.</summary>
    public Task MarkCreatedAsync(Uuid image, bool created, CancellationToken stop)
    {
        Job = created ? Job.WithCreated(image) : Job.WithoutCreated(image);
        return SaveAsync(stop);
    }

    public Task SucceedAsync()
    {
        Job = Job.Succeed(clock.GetUtcNow());
        return SaveAsync(CancellationToken.None);
    }

    /// <summary>Ends the canceled job with the current step as its last one.</summary>
    public Task CancelAsync(string result)
    {
        Job = Job.Cancel(new JobResult(_step.Name, result, null, _step.At, clock.GetUtcNow()));
        return SaveAsync(CancellationToken.None);
    }

    /// <summary>Ends the failed job with the current step as its last one.</summary>
    public Task FailAsync(JobError error, string result)
    {
        Job = Job.Fail(new JobResult(_step.Name, result, error, _step.At, clock.GetUtcNow()));
        return SaveAsync(CancellationToken.None);
    }
}
