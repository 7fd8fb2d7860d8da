using ImgApi.Api.Hosting;

namespace ImgApi.Tests.Api.Hosting;

[TestFixture]
internal sealed class WorkAfterStartTests
{
    [Test]
    public async Task It_begins_when_the_server_has_started()
    {
        using var work = new Work();
        await work.StartAsync(CancellationToken.None);
        Assert.That(work.Begun.Task.IsCompleted, Is.False);
        await work.StartedAsync(CancellationToken.None);
        await work.Begun.Task;
        await work.StopAsync(CancellationToken.None);
    }

    [Test]
    public async Task It_never_begins_in_a_server_that_ends_before()
    {
        using var work = new Work();
        await work.StartAsync(CancellationToken.None);
        await work.StopAsync(CancellationToken.None);
        await work.ExecuteTask!.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Assert.That(work.ExecuteTask!.IsFaulted, Is.False);
        Assert.That(work.Begun.Task.IsCompleted, Is.False);
    }

    private sealed class Work : WorkAfterStart
    {
        public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        protected override Task WorkAsync(CancellationToken stop)
        {
            Begun.SetResult();
            return Task.CompletedTask;
        }
    }
}
