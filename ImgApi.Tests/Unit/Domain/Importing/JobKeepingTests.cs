using ImgApi.Domain.Importing;
using ImgApi.Domain.Jobs;
using ImgApi.Domain.Remote;
using ImgApi.Tests.Support;
using ImgApi.Tests.Unit.Infrastructure.FileSystem;
using ImgApi.Tests.Unit.Infrastructure.Remote;
using Microsoft.Extensions.Time.Testing;
using Moq;

namespace ImgApi.Tests.Unit.Domain.Importing;

/// <summary>How many jobs are kept, and for how long.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class JobKeepingTests : IDisposable
{
    private readonly StoredImages _images = new();
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UnixEpoch.AddYears(50));

    public void Dispose() => _images.Dispose();

    private static RemoteImage SomeImage() => new(RemoteClients.Source("http://192.0.2.1"), Uuid.New(), "some-id");

    private async Task<Job> FinishedAsync(TimeSpan ago)
    {
        using var registry = new JobRegistry(_images.Jobs, _clock);
        var image = SomeImage();
        var job = (await registry.SubmitAsync(image, [image.Uuid], channel: null, isForced: false, CancellationToken.None)).Start().Succeed(_clock.GetUtcNow() - ago);
        await _images.Jobs.SaveAsync(job, CancellationToken.None);
        return job;
    }

    [Test]
    public async Task Finished_jobs_are_forgotten_after_a_week()
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
    public async Task More_jobs_than_anyone_waits_for_are_refused()
    {
        using var registry = new JobRegistry(_images.Jobs, _clock);
        for (var i = 0; i < JobRegistry.MaxLive; i++)
        {
            var image = SomeImage();
            await registry.SubmitAsync(image, [image.Uuid], channel: null, isForced: false, CancellationToken.None);
        }

        var other = SomeImage();
        var refusal = await Refusal.Of(() => registry.SubmitAsync(other, [other.Uuid], channel: null, isForced: false, CancellationToken.None));
        Assert.That(refusal.Code, Is.EqualTo(ErrorCode.ServiceUnavailable));
        Assert.That(refusal.RetryAfter, Is.GreaterThan(TimeSpan.Zero));
        var waiting = (await _images.Jobs.ListAsync(CancellationToken.None))[0];
        var again = await registry.SubmitAsync(other with { Uuid = waiting.Image }, [waiting.Image], channel: null, isForced: false, CancellationToken.None);
        Assert.That(again.Uuid, Is.EqualTo(waiting.Uuid), "the one that waits already is answered");
    }

    [Test]
    public async Task A_job_that_was_refused_and_could_not_be_taken_back_does_not_wait_for_the_next_start()
    {
        Job? kept = null;
        var store = new Mock<IJobStore>();
        store.Setup(jobs => jobs.SaveAsync(It.IsAny<Job>(), It.IsAny<CancellationToken>()))
            .Callback((Job job, CancellationToken _) => kept = job)
            .ThrowsAsync(new ImgApiException(ErrorCode.StorageIsDown, "storage is down at the moment"));
        store.Setup(jobs => jobs.FindAsync(It.IsAny<Uuid>(), It.IsAny<CancellationToken>())).Returns(() => new ValueTask<Job?>(kept));
        using var registry = new JobRegistry(store.Object, _clock);
        var image = SomeImage();
        await Refusal.Of(() => registry.SubmitAsync(image, [image.Uuid], channel: null, isForced: false, CancellationToken.None));
        Assert.That((await registry.Queue.TakeAsync(CancellationToken.None)).Uuid, Is.EqualTo(kept!.Uuid));
    }
}
