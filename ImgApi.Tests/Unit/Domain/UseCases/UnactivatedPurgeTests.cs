using ImgApi.Domain.UseCases;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Unit.Domain.UseCases;

[TestFixture]
internal sealed class UnactivatedPurgeTests : UseCaseFixture
{
    private readonly List<Uuid> _removed = [];
    private readonly List<ErrorCode> _reasons = [];

    /// <summary>Removes images that have been idle for a day. Files carry the time of the real clock, so the test's clock is set two days later.</summary>
    private Task PassAsync(Predicate<Uuid>? isBeingImported = null)
    {
        Clock.SetUtcNow(TimeProvider.System.GetUtcNow() + TimeSpan.FromDays(2));
        var purge = new UnactivatedPurge(Images, Activity, isBeingImported ?? (_ => false), Clock);
        return purge.PassAsync(
            TimeSpan.FromDays(1), (image, _) => _removed.Add(image.Uuid), (_, refusal) => _reasons.Add(refusal.Code), CancellationToken.None);
    }

    [Test]
    public async Task An_idle_image_that_was_never_activated_is_purged()
    {
        var uuid = (await AddAsync()).Uuid;
        await PassAsync();
        Assert.That(_removed, Is.EqualTo(new[] { uuid }));
    }

    [Test]
    public async Task An_active_image_is_not_purged()
    {
        await PublishAsync();
        await PassAsync();
        Assert.That(_removed, Is.Empty);
    }

    [Test]
    public async Task An_image_that_a_job_is_importing_is_not_purged()
    {
        var uuid = (await AddAsync()).Uuid;
        await PassAsync(candidate => candidate == uuid);
        Assert.That(_removed, Is.Empty);
    }

    [Test]
    public async Task An_origin_of_an_active_image_is_reported_instead_of_purged()
    {
        await PublishAsync(new ImageBuilder().WithOrigin((await AddAsync()).Uuid));
        await PassAsync();
        Assert.That(_reasons, Is.EqualTo(new[] { ErrorCode.ImageHasDependentImages }));
    }

    [Test]
    public async Task An_image_that_changes_meanwhile_is_not_purged()
    {
        var uuid = (await AddAsync()).Uuid;
        Images.Rival = () => Lifecycle.DisableAsync(uuid, Anyone, CancellationToken.None);
        await PassAsync();
        Assert.That(_removed, Is.Empty);
        Assert.That(await FindAsync(uuid), Is.Not.Null);
    }
}
