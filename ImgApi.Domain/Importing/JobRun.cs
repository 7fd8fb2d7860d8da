using ImgApi.Domain.Jobs;
using ImgApi.Domain.Remote;

namespace ImgApi.Domain.Importing;

/// <summary>A running job. Every change of its state is stored before the work continues.</summary>
internal sealed class JobRun(IJobStore store, Job job, LiveJob live, TimeProvider clock)
{
    private (string Name, DateTimeOffset At) _step = ("start", clock.GetUtcNow());

    public Job Job { get; private set; } = job;

    public RemoteImage Remote(Uuid image) => new(Job.Source, image, Job.RequestId);

    public Task StartAsync(CancellationToken stop) => SaveAsync(Job.Start(), stop);

    /// <summary>Performs a step, which returns a description of its outcome, and stores that.</summary>
    public async Task StepAsync(string name, Func<Task<string>> work, CancellationToken stop)
    {
        _step = (name, clock.GetUtcNow());
        string result;
        try
        {
            result = await work();
        }
        finally
        {
            live.Transfer = null;
        }

        await SaveAsync(Job.WithResult(StepResult(result)), stop);
    }

    public void Downloading(Uuid image, RemoteContent content) => live.Transfer = new JobTransfer(image, content);

    /// <summary>Stores that the job is about to add an image, or did not add it after all.</summary>
    public Task MarkCreatedAsync(Uuid image, bool created, CancellationToken stop) =>
        SaveAsync(created ? Job.WithCreated(image) : Job.WithoutCreated(image), stop);

    public Task SucceedAsync() => SaveAsync(Job.Succeed(clock.GetUtcNow()), CancellationToken.None);

    public Task CancelAsync(string result) => SaveAsync(Job.Cancel(StepResult(result)), CancellationToken.None);

    public Task FailAsync(JobError error, string result) => SaveAsync(Job.Fail(StepResult(result, error)), CancellationToken.None);

    /// <summary>The result of the current step, which is the last one of a job that fails or is canceled.</summary>
    private JobResult StepResult(string result, JobError? error = null) => new(_step.Name, result, error, _step.At, clock.GetUtcNow());

    private Task SaveAsync(Job next, CancellationToken stop)
    {
        Job = next;
        return store.SaveAsync(next, stop);
    }
}
