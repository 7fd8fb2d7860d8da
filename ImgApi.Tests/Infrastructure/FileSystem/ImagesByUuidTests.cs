using ImgApi.Domain.Images;
using ImgApi.Infrastructure.FileSystem.Catalogues;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Infrastructure.FileSystem;

/// <summary>Finding images among few and many, before and after changes.</summary>
[TestFixture]
internal sealed class ImagesByUuidTests
{
    [TestCase(0)]
    [TestCase(1)]
    [TestCase(65)]
    [TestCase(3000)]
    public void Every_image_is_found_and_no_other(int count)
    {
        var images = Some(count);
        var all = ImagesByUuid.From(images);
        Assert.That(images.Select(image => all.Find(image.Uuid)), Is.EqualTo(images).Using<Image>(ReferenceEquals));
        Assert.That(all.Find(Uuid.New()), Is.Null);
    }

    [Test]
    public void It_grows_from_nothing_and_shrinks_to_nothing()
    {
        var images = Some(3000);
        var all = images.Aggregate(ImagesByUuid.From([]), (sofar, image) => sofar.With(image));
        Assert.That(images.Select(image => all.Find(image.Uuid)), Is.EqualTo(images).Using<Image>(ReferenceEquals));
        all = images.Skip(1).Aggregate(all, (sofar, image) => sofar.Without(image.Uuid));
        Assert.That(images.Where(image => all.Find(image.Uuid) is not null), Is.EqualTo(images.Take(1)));
    }

    [Test]
    public void A_change_leaves_earlier_instances_as_they_were()
    {
        var before = new ImageBuilder().Build();
        var after = StoredImages.Renamed(before, "after");
        var first = ImagesByUuid.From([before]);
        var second = first.With(after);
        var third = second.Without(before.Uuid);
        Assert.That(first.Find(before.Uuid), Is.SameAs(before));
        Assert.That(second.Find(before.Uuid), Is.SameAs(after));
        Assert.That(third.Find(before.Uuid), Is.Null);
    }

    [Test]
    public void Taking_away_what_is_not_there_changes_nothing()
    {
        var image = new ImageBuilder().Build();
        Assert.That(ImagesByUuid.From([image]).Without(Uuid.New()).Find(image.Uuid), Is.SameAs(image));
    }

    private static Image[] Some(int count) => [.. Enumerable.Range(0, count).Select(_ => new ImageBuilder().Build())];
}
