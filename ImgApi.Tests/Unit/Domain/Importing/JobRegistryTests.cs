using ImgApi.Domain.Importing;
using ImgApi.Domain.Jobs;
using ImgApi.Domain.Remote;
using ImgApi.Tests.Support;
using ImgApi.Tests.Unit.Infrastructure.FileSystem;
using ImgApi.Tests.Unit.Infrastructure.Remote;
using Microsoft.Extensions.Time.Testing;

namespace ImgApi.Tests.Unit.Domain.Importing;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class JobRegistryTests : IDisposable
{
    private readonly StoredImages _images = new();
    private readonly FakeTimeProvider _clock = new();
    private readonly JobRegistry _registry;

    public JobRegistryTests()
    {
        _registry = new JobRegistry(_images.Jobs, _clock);
    }

    public void Dispose()
    {
        _registry.Dispose();
        _images.Dispose();
    }

    private static RemoteImage SomeImage() => new(RemoteClients.Source("http://192.0.2.1"), Uuid.New(), "some-id");

    private Task<Job> SubmitAsync(RemoteImage image, params Uuid[] origins) =>
        _registry.SubmitAsync(image, [.. origins, image.Uuid], channel: null, isForced: false, CancellationToken.None);

    private async Task<Job?> StoredAsync(Job job) => await _images.Jobs.FindAsync(job.Uuid, CancellationToken.None);

    [Test]
    public async Task A_submitted_job_is_stored_before_it_runs()
    {
        var job = await SubmitAsync(SomeImage());
        Assert.That((await StoredAsync(job))?.Execution, Is.EqualTo(JobExecution.Queued));
    }

    [Test]
    public async Task A_second_job_for_an_image_is_the_first()
    {
        var image = SomeImage();
        var first = await SubmitAsync(image);
        Assert.That((await SubmitAsync(image)).Uuid, Is.EqualTo(first.Uuid));
    }

    [Test]
    public async Task Concurrent_submissions_for_an_image_have_one_job()
    {
        var image = SomeImage();
        var jobs = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => SubmitAsync(image))));
        Assert.That(jobs.Select(job => job.Uuid).Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task An_origin_of_an_unfinished_job_is_being_imported()
    {
        var origin = Uuid.New();
        await SubmitAsync(SomeImage(), origin);
        Assert.That(_registry.IsBeingImported(origin), Is.True);
    }

    [Test]
    public async Task An_origin_of_an_unfinished_job_has_no_job_of_its_own()
    {
        var origin = Uuid.New();
        await SubmitAsync(SomeImage(), origin);
        Assert.That(await _registry.FindLiveAsync(origin, CancellationToken.None), Is.Null);
    }

    [Test]
    public async Task A_released_job_is_no_longer_live()
    {
        var job = await SubmitAsync(SomeImage());
        _registry.Release(await _registry.Queue.TakeAsync(CancellationToken.None), fault: null);
        Assert.That(_registry.IsBeingImported(job.Image), Is.False);
    }

    [Test]
    public async Task A_cancellation_waits_until_the_job_has_ended()
    {
        var job = await SubmitAsync(SomeImage());
        var running = await _registry.Queue.TakeAsync(CancellationToken.None);
        var canceling = _registry.CancelAsync(job.Uuid, "a reason", CancellationToken.None);
        Assert.That((running.Reason, canceling.IsCompleted), Is.EqualTo(("a reason", false)));
        _registry.Release(running, fault: null);
        await canceling;
    }

    [Test]
    public async Task A_cancellation_fails_if_the_end_of_the_job_could_not_be_stored()
    {
        var job = await SubmitAsync(SomeImage());
        var canceling = _registry.CancelAsync(job.Uuid, "a reason", CancellationToken.None);
        _registry.Release(
            await _registry.Queue.TakeWithdrawnAsync(CancellationToken.None), new ImgApiException(ErrorCode.StorageIsDown, "storage is down"));
        Assert.That((await Refusal.Of(() => canceling)).Code, Is.EqualTo(ErrorCode.StorageIsDown));
    }

    [Test]
    public async Task An_unfinished_job_that_no_longer_runs_is_canceled_in_the_store()
    {
        var job = await SubmitAsync(SomeImage());
        _registry.Release(await _registry.Queue.TakeAsync(CancellationToken.None), fault: null);
        await _registry.CancelAsync(job.Uuid, "a reason", CancellationToken.None);
        Assert.That((await StoredAsync(job))?.Execution, Is.EqualTo(JobExecution.Canceled));
    }

    [Test]
    public async Task A_finished_job_is_not_canceled()
    {
        var job = await SubmitAsync(SomeImage());
        await _images.Jobs.SaveAsync(job.Start().Succeed(_clock.GetUtcNow()), CancellationToken.None);
        _registry.Release(await _registry.Queue.TakeAsync(CancellationToken.None), fault: null);
        await _registry.CancelAsync(job.Uuid, "a reason", CancellationToken.None);
        Assert.That((await StoredAsync(job))?.Execution, Is.EqualTo(JobExecution.Succeeded));
    }

    [Test]
    public async Task A_deleted_origin_cancels_the_jobs_that_import_it()
    {
        var origin = Uuid.New();
        await SubmitAsync(SomeImage(), origin);
        var canceling = _registry.CancelForImageAsync(origin, CancellationToken.None);
        var job = await _registry.Queue.TakeWithdrawnAsync(CancellationToken.None);
        Assert.That(job.Reason, Is.EqualTo($"image {origin} was deleted"));
        _registry.Release(job, fault: null);
        await canceling;
    }

    [Test]
    public async Task After_a_restart_queued_jobs_come_before_those_that_were_running()
    {
        var running = await SubmitAsync(SomeImage());
        await _images.Jobs.SaveAsync(running.Start(), CancellationToken.None);
        var queued = await SubmitAsync(SomeImage());
        using var next = new JobRegistry(_images.Jobs, _clock);
        await next.ResumeUnfinishedAsync(CancellationToken.None);
        Assert.That((await next.Queue.TakeAsync(CancellationToken.None)).Uuid, Is.EqualTo(queued.Uuid));
    }
}
