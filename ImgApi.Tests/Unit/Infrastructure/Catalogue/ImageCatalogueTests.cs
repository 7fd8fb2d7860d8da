using ImgApi.Domain.Storage;
using ImgApi.Infrastructure.Catalogue;
using ImgApi.Tests.Support;
using ImgApi.Tests.Unit.Infrastructure.FileSystem;

namespace ImgApi.Tests.Unit.Infrastructure.Catalogue;

/// <summary>How a write in flight looks to readers and to other writes.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ImageCatalogueTests
{
    private readonly Image _origin = new ImageBuilder().Build();
    private readonly Image _child;
    private readonly ImageCatalogue _catalogue;

    public ImageCatalogueTests()
    {
        _child = new ImageBuilder().WithOrigin(_origin.Uuid).Build();
        _catalogue = new ImageCatalogue(CatalogueSnapshot.From([_origin]));
    }

    private async Task<PendingWrite> BeginAddAsync(Image image, WriteConditions? conditions = null) =>
        (await _catalogue.BeginAsync(before: null, image, conditions ?? WriteConditions.None, CancellationToken.None))!;

    private Task<PendingWrite?> BeginAsync(Image before, Image? after, WriteConditions? conditions = null) =>
        _catalogue.BeginAsync(before, after, conditions ?? WriteConditions.None, CancellationToken.None);

    private Task<PendingWrite?> BeginRemovalOfOriginAsync() => BeginAsync(_origin, null, WriteConditions.Unused(channel: null));

    private async Task<Image> AddedAsync(Image image) => _catalogue.Complete(await BeginAddAsync(image))!;

    private static Image Rebased(Image image, Uuid origin) =>
        image.Update(new ImageChange(image.Uuid, image.Details with { Origin = origin }, null, null));

    [Test]
    public async Task An_image_that_is_being_added_is_invisible_to_readers()
    {
        var write = await BeginAddAsync(_child);
        Assert.That(_catalogue.Current.Find(_child.Uuid), Is.Null);
        var stored = _catalogue.Complete(write);
        Assert.That(_catalogue.Current.Find(_child.Uuid), Is.SameAs(stored));
    }

    [Test]
    public async Task An_image_that_is_being_added_counts_as_a_dependent()
    {
        await BeginAddAsync(_child);
        var refusal = await Refusal.Of(BeginRemovalOfOriginAsync);
        Assert.That(refusal.Code, Is.EqualTo(ErrorCode.ImageHasDependentImages));
    }

    [Test]
    public async Task An_image_that_is_being_added_cannot_be_an_origin_yet()
    {
        await BeginAddAsync(_child);
        var refusal = await Refusal.Of(() => BeginAddAsync(new ImageBuilder().WithOrigin(_child.Uuid).Build(), WriteConditions.UsableOrigin));
        Assert.That(refusal.Code, Is.EqualTo(ErrorCode.OriginDoesNotExist));
    }

    [Test]
    public async Task An_image_that_is_being_removed_is_visible_to_readers()
    {
        await BeginAsync(_origin, null);
        Assert.That(_catalogue.Current.Find(_origin.Uuid), Is.SameAs(_origin));
    }

    [Test]
    public async Task An_image_that_is_being_removed_cannot_be_an_origin_any_more()
    {
        await BeginAsync(_origin, null);
        var refusal = await Refusal.Of(() => BeginAddAsync(_child, WriteConditions.UsableOrigin));
        Assert.That(refusal.Code, Is.EqualTo(ErrorCode.OriginDoesNotExist));
    }

    [Test]
    public async Task An_image_that_is_being_removed_still_counts_as_a_dependent()
    {
        var child = await AddedAsync(_child);
        await BeginAsync(child, null);
        var refusal = await Refusal.Of(BeginRemovalOfOriginAsync);
        Assert.That(refusal.Code, Is.EqualTo(ErrorCode.ImageHasDependentImages));
    }

    [Test]
    public async Task An_image_whose_removal_failed_can_be_an_origin_again()
    {
        _catalogue.Abandon((await BeginAsync(_origin, null))!);
        Assert.That(await BeginAddAsync(_child, WriteConditions.UsableOrigin), Is.Not.Null);
    }

    [Test]
    public async Task An_image_whose_origin_is_being_changed_depends_on_both_origins()
    {
        var child = await AddedAsync(_child);
        var other = await AddedAsync(new ImageBuilder().Build());
        await BeginAsync(child, Rebased(child, other.Uuid));
        await Refusal.Of(BeginRemovalOfOriginAsync);
        await Refusal.Of(() => BeginAsync(other, null, WriteConditions.Unused(channel: null)));
    }

    [Test]
    public async Task An_image_whose_origin_was_changed_depends_on_the_new_origin_only()
    {
        var child = await AddedAsync(_child);
        var other = await AddedAsync(new ImageBuilder().Build());
        _catalogue.Complete((await BeginAsync(child, Rebased(child, other.Uuid)))!);
        await Refusal.Of(() => BeginAsync(other, null, WriteConditions.Unused(channel: null)));
        Assert.That(await BeginRemovalOfOriginAsync(), Is.Not.Null);
    }

    [Test]
    public async Task A_write_of_an_image_waits_for_the_one_in_flight_and_fails_if_that_one_succeeds()
    {
        var first = await BeginAsync(_origin, StoredImages.Renamed(_origin, "first"));
        var second = BeginAsync(_origin, StoredImages.Renamed(_origin, "second"));
        Assert.That(second.IsCompleted, Is.False);
        _catalogue.Complete(first!);
        Assert.That(await second, Is.Null);
    }

    [Test]
    public async Task A_write_of_an_image_proceeds_if_the_one_in_flight_fails()
    {
        var first = await BeginAsync(_origin, StoredImages.Renamed(_origin, "first"));
        var second = BeginAsync(_origin, StoredImages.Renamed(_origin, "second"));
        _catalogue.Abandon(first!);
        Assert.That(await second, Is.Not.Null);
    }

    [Test]
    public async Task An_addition_waits_for_a_change_to_its_uuid_and_is_refused_if_that_succeeds()
    {
        var to = Uuid.New();
        var move = await BeginAsync(_origin, StoredImages.Moved(_origin, to));
        var addition = BeginAddAsync(new ImageBuilder().WithUuid(to).Build());
        Assert.That(addition.IsCompleted, Is.False);
        _catalogue.Complete(move!);
        Assert.That(() => addition, Throws.Exception.With.Message.EqualTo($"image uuid \"{to}\" already exists"));
    }

    [Test]
    public async Task A_snapshot_does_not_change_when_images_change()
    {
        var before = _catalogue.Current;
        await AddedAsync(_child);
        _catalogue.Complete((await BeginAsync(_origin, StoredImages.Renamed(_origin, "after")))!);
        Assert.That((before.Find(_origin.Uuid), before.Find(_child.Uuid)), Is.EqualTo((_origin, (Image?)null)));
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(3000)]
    public void A_snapshot_finds_every_image_and_no_other(int count)
    {
        Image[] images = [.. Enumerable.Range(0, count).Select(_ => new ImageBuilder().Build())];
        var snapshot = CatalogueSnapshot.From(images);
        Assert.That(images.Select(image => snapshot.Find(image.Uuid)), Is.EqualTo(images).Using<Image>(ReferenceEquals));
        Assert.That(snapshot.Find(Uuid.New()), Is.Null);
    }
}
