using ImgApi.Infrastructure.Hosting;
using ImgApi.Tests.Support;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImgApi.Tests.Unit.Infrastructure.Hosting;

[TestFixture]
internal sealed class WorkAfterStartTests
{
    [Test]
    public async Task Work_begins_when_the_server_has_started()
    {
        using var work = new Work(NullLogger.Instance);
        await work.StartAsync(CancellationToken.None);
        Assert.That(work.Begun.Task.IsCompleted, Is.False);
        await work.StartedAsync(CancellationToken.None);
        await work.Begun.Task;
        await work.StopAsync(CancellationToken.None);
    }

    [Test]
    public async Task Work_never_begins_in_a_server_that_stops_before_it_has_started()
    {
        using var work = new Work(NullLogger.Instance);
        await work.StartAsync(CancellationToken.None);
        await work.StopAsync(CancellationToken.None);
        Assert.That(work.ExecuteTask, Is.Null);
        Assert.That(work.Begun.Task.IsCompleted, Is.False);
    }

    [Test]
    public async Task A_failure_of_the_work_is_logged_and_does_not_stop_the_server()
    {
        using var log = new LogRecorder();
        using var work = new Work(log.Of<Work>(), new InvalidOperationException("broken"));
        await work.StartAsync(CancellationToken.None);
        await work.StartedAsync(CancellationToken.None);
        await work.ExecuteTask!; // the host would stop if this task failed
        Assert.That(log.Lines, Has.Some.Contains("Work failed"));
    }

    private sealed class Work(ILogger logger, Exception? fault = null) : WorkAfterStart(logger)
    {
        public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        protected override Task WorkAsync(CancellationToken stopping)
        {
            Begun.SetResult();
            return fault is null ? Task.CompletedTask : Task.FromException(fault);
        }
    }
}
