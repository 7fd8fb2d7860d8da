using ImgApi.Domain.Retention;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Unit.Domain.Retention;

/// <summary>Which images are too old. Names tell how many days ago an image was published.</summary>
[TestFixture]
internal sealed class PruningTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    private static AgedImage Published(int days, Func<ImageDetails, ImageDetails>? change = null, int fetchedDays = 1000)
    {
        var image = new ImageBuilder().With(details => details with { Name = "web", Version = $"{days}", PublishedAt = Timestamp.From(Now.AddDays(-days)) });
        return new AgedImage(image.With(change ?? (details => details)).Activated().Build(), Now.AddDays(-fetchedDays), IdleSince: null);
    }

    private static AgedImage Unactivated(int? idleDays) =>
        new(new ImageBuilder().Build(), Now.AddDays(-1000), idleDays is { } days ? Now.AddDays(-days) : null);

    private static RetentionRules Rules(int? keep = null, int? olderThan = null, int? unactivated = null) =>
        RetentionRules.OfDays(keep, olderThan, unactivated, fetchedWithin: 30);

    private static string[] Versions(RetentionRules rules, params AgedImage[] all) =>
        [.. Pruning.Select(all, rules, Now).Select(image => image.Details.Version)];

    [Test]
    public void The_newest_images_of_each_name_stay() =>
        Assert.That(Versions(Rules(keep: 2), Published(1), Published(3), Published(2), Published(9, details => details with { Name = "db" })), Is.EqualTo(new[] { "3" }));

    [Test]
    public void Images_of_other_owners_are_no_newer_versions() =>
        Assert.That(Versions(Rules(keep: 1), Published(1), Published(2, details => details with { Owner = Uuid.New() })), Is.Empty);

    [Test]
    public void Images_of_other_publishers_are_no_newer_versions()
    {
        var ours = Published(2);
        Assert.That(Versions(Rules(keep: 1), Published(1), ours with { Image = ours.Image.PublishedBy("joe") }), Is.Empty);
    }

    [Test]
    public void A_disabled_image_is_no_newer_version() =>
        Assert.That(Versions(Rules(keep: 1), Published(1, details => details with { Disabled = true }), Published(2), Published(3)), Is.EqualTo(new[] { "3" }));

    [Test]
    public void An_image_stays_if_it_is_among_the_newest_of_one_of_its_channels() => Assert.That(
        Versions(Rules(keep: 1), Published(1, In("dev")), Published(2, In("dev", "release")), Published(3, In("dev"))), Is.EqualTo(new[] { "3" }));

    private static Func<ImageDetails, ImageDetails> In(params string[] channels) => details => details with { Channels = channels };

    [Test]
    public void Images_that_are_not_older_stay() =>
        Assert.That(Versions(Rules(keep: 1, olderThan: 5), Published(1), Published(5), Published(6)), Is.EqualTo(new[] { "6" }));

    [Test]
    public void Without_a_number_to_keep_the_newest_image_stays() =>
        Assert.That(Versions(Rules(olderThan: 5), Published(10), Published(20)), Is.EqualTo(new[] { "20" }));

    [TestCase(29, true)]
    [TestCase(30, false)]
    public void An_image_that_was_fetched_in_the_last_days_stays(int days, bool stays) =>
        Assert.That(Versions(Rules(keep: 1), Published(1), Published(2, fetchedDays: days)), Is.EqualTo(stays ? [] : new[] { "2" }));

    [Test]
    public void An_image_that_is_held_stays() => Assert.That(Versions(Rules(keep: 1), Published(1), Published(2) with { IsHeld = true }), Is.Empty);

    [Test]
    public void An_activated_image_without_a_time_of_publication_stays() =>
        Assert.That(Versions(Rules(keep: 1), Published(1), Published(2, details => details with { PublishedAt = null })), Is.Empty);

    [TestCase(7, 0)]
    [TestCase(8, 1)]
    [TestCase(null, 0)]
    public void An_image_that_was_never_activated_goes_after_some_days_without_activity(int? idleDays, int going) =>
        Assert.That(Pruning.Select([Unactivated(idleDays)], Rules(unactivated: 7), Now), Has.Count.EqualTo(going));

    [Test]
    public void Rules_for_images_that_were_never_activated_leave_others_alone() =>
        Assert.That(Versions(Rules(unactivated: 7), Published(100), Published(200)), Is.Empty);

    [Test]
    public void Rules_for_activated_images_leave_others_alone() => Assert.That(Versions(Rules(keep: 1), Unactivated(idleDays: 900)), Is.Empty);

    [Test]
    public void The_origins_of_an_image_that_stays_stay_too()
    {
        var bottom = Published(4);
        var middle = Published(3, details => details with { Origin = bottom.Image.Uuid });
        var top = Published(2, details => details with { Origin = middle.Image.Uuid }, fetchedDays: 1);
        Assert.That(Versions(Rules(keep: 1), bottom, middle, top, Published(1), Published(5)), Is.EqualTo(new[] { "5" }));
    }

    [Test]
    public void An_image_goes_before_its_origin()
    {
        var bottom = Published(2);
        var middle = Published(3, details => details with { Origin = bottom.Image.Uuid });
        var top = Published(4, details => details with { Origin = middle.Image.Uuid });
        Assert.That(Versions(Rules(keep: 1), bottom, middle, top, Published(1)), Is.EqualTo(new[] { "4", "3", "2" }));
    }
}
