using ImgApi.Domain.Importing;
using ImgApi.Domain.Jobs;
using ImgApi.Domain.Remote;
using ImgApi.Tests.Support;
using ImgApi.Tests.Unit.Infrastructure.FileSystem;
using ImgApi.Tests.Unit.Infrastructure.Remote;
using Microsoft.Extensions.Time.Testing;
using Moq;

namespace ImgApi.Tests.Unit.Domain.Importing;

/// <summary>How many unfinished jobs there may be, and how long finished jobs are kept.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class JobKeepingTests : IDisposable
{
    private readonly StoredImages _images = new();
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UnixEpoch.AddYears(50));

    public void Dispose() => _images.Dispose();

    private static RemoteImage SomeImage() => new(RemoteClients.Source("http://192.0.2.1"), Uuid.New(), "some-id");

    private static Task<Job> SubmitAsync(JobRegistry registry, RemoteImage image) =>
        registry.SubmitAsync(image, [image.Uuid], channel: null, isForced: false, CancellationToken.None);

    private async Task<JobRegistry> FullRegistryAsync()
    {
        var registry = new JobRegistry(_images.Jobs, _clock);
        for (var i = 0; i < JobRegistry.MaxLive; i++)
        {
            await SubmitAsync(registry, SomeImage());
        }

        return registry;
    }

    private async Task<Job> FinishedAsync(TimeSpan ago)
    {
        using var registry = new JobRegistry(_images.Jobs, _clock);
        var job = (await SubmitAsync(registry, SomeImage())).Start().Succeed(_clock.GetUtcNow() - ago);
        await _images.Jobs.SaveAsync(job, CancellationToken.None);
        return job;
    }

    [Test]
    public async Task Finished_jobs_are_deleted_after_a_week()
    {
        var old = await FinishedAsync(TimeSpan.FromDays(7) + TimeSpan.FromSeconds(1));
        var recent = await FinishedAsync(TimeSpan.FromDays(7));
        using var registry = new JobRegistry(_images.Jobs, _clock);
        using var stop = new CancellationTokenSource();
        var running = new JobWorkers(registry, _images.Jobs, import: null!, Mock.Of<IJobObserver>(), _clock).RunAsync(stop.Token);
        await Eventually.TrueAsync(async () => await _images.Jobs.FindAsync(old.Uuid, CancellationToken.None) is null);
        await stop.CancelAsync();
        Assert.That(() => running, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(await _images.Jobs.FindAsync(recent.Uuid, CancellationToken.None), Is.Not.Null);
    }

    [Test]
    public async Task A_job_beyond_the_limit_of_unfinished_jobs_is_refused()
    {
        using var registry = await FullRegistryAsync();
        var refusal = await Refusal.Of(() => SubmitAsync(registry, SomeImage()));
        Assert.That(refusal.Code, Is.EqualTo(ErrorCode.ServiceUnavailable));
        Assert.That(refusal.RetryAfter, Is.GreaterThan(TimeSpan.Zero));
    }

    [Test]
    public async Task At_the_limit_a_request_for_an_image_that_is_being_imported_returns_its_job()
    {
        using var registry = await FullRegistryAsync();
        var waiting = (await _images.Jobs.ListAsync(CancellationToken.None))[0];
        var again = await SubmitAsync(registry, SomeImage() with { Uuid = waiting.Image });
        Assert.That(again.Uuid, Is.EqualTo(waiting.Uuid));
    }

    [Test]
    public async Task A_job_that_was_saved_although_saving_reported_an_error_is_queued_at_once()
    {
        Job? kept = null;
        var store = new Mock<IJobStore>();
        store.Setup(jobs => jobs.SaveAsync(It.IsAny<Job>(), It.IsAny<CancellationToken>()))
            .Callback((Job job, CancellationToken _) => kept = job)
            .ThrowsAsync(new ImgApiException(ErrorCode.StorageIsDown, "storage is down at the moment"));
        store.Setup(jobs => jobs.FindAsync(It.IsAny<Uuid>(), It.IsAny<CancellationToken>())).Returns(() => new ValueTask<Job?>(kept));
        using var registry = new JobRegistry(store.Object, _clock);
        await Refusal.Of(() => SubmitAsync(registry, SomeImage()));
        Assert.That((await registry.Queue.TakeAsync(CancellationToken.None)).Uuid, Is.EqualTo(kept!.Uuid));
    }
}
