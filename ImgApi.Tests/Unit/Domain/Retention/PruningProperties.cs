using CsCheck;
using ImgApi.Domain.Retention;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Unit.Domain.Retention;

/// <summary>What holds for any images, also those whose origins are missing or form a circle.</summary>
[TestFixture]
internal sealed class PruningProperties
{
    private const int MaxImages = 12;

    private static readonly DateTimeOffset Now = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Uuid[] Uuids = [.. Enumerable.Range(0, MaxImages).Select(number => Uuid.Parse($"00000000-0000-4000-8000-{number:d12}"))];
    private static readonly Gen<int> Days = Gen.Int[0, 9];

    private static readonly Gen<RetentionRules> Rules = Gen.Select(
        Gen.Int[0, 3], Gen.Int[0, 9], Gen.Int[0, 9], Days, (keep, older, idle, fetched) =>
            RetentionRules.OfDays(keep == 0 ? null : keep, older == 0 ? null : older, idle == 0 ? null : idle, fetched));

    private static readonly Gen<AgedImage[]> Images =
        Gen.Select(Gen.Int[0, 4], Gen.Int[-4, MaxImages - 1], Days, Days, Gen.Int[0, 1], (kind, origin, published, fetched, name) =>
            (Kind: kind, Origin: origin, Published: published, Fetched: fetched, Name: name))
        .Array[0, MaxImages].Select(shapes => shapes.Select((shape, index) =>
        {
            var builder = new ImageBuilder().WithUuid(Uuids[index]).Named($"name{shape.Name}").With(details => details with
            {
                Origin = shape.Origin < 0 ? null : Uuids[shape.Origin],
                Disabled = shape.Kind == 1,
                PublishedAt = Timestamp.From(Now.AddDays(-shape.Published)),
            });
            var image = shape.Kind == 0 ? builder.Build() : builder.Activated().Build();
            return new AgedImage(image, Now.AddDays(-shape.Fetched), Now.AddDays(-shape.Published)) { IsHeld = shape.Kind == 2 };
        }).ToArray());

    private static void Check(Action<AgedImage[], RetentionRules, IReadOnlyList<Image>> property) =>
        Gen.Select(Images, Rules).Sample((images, rules) => property(images, rules, Pruning.Select(images, rules, Now)), iter: 3000);

    private static IEnumerable<AgedImage> Staying(AgedImage[] images, IReadOnlyList<Image> going) =>
        images.Where(aged => going.All(image => image.Uuid != aged.Image.Uuid));

    [Test]
    public void An_origin_of_an_image_that_stays_never_goes() => Check((images, _, going) =>
        Assert.That(Staying(images, going).Select(aged => aged.Image.Details.Origin), Has.None.Matches<Uuid?>(origin => going.Any(image => image.Uuid == origin))));

    [Test]
    public void What_was_fetched_in_the_last_days_or_is_held_never_goes() => Check((images, rules, going) => Assert.That(
        images.Except(Staying(images, going)).Where(aged => aged.IsHeld || Now - aged.LastFetch < rules.FetchedWithin), Is.Empty));

    [Test]
    public void Each_name_with_active_images_keeps_as_many_as_the_rules_say() => Check((images, rules, going) =>
    {
        foreach (var name in images.Where(aged => aged.Image.IsActive).GroupBy(aged => aged.Image.Details.Name))
        {
            Assert.That(
                Staying([.. name], going).Count(), Is.GreaterThanOrEqualTo(Math.Min(name.Count(), rules.Keep ?? 1)));
        }
    });

    [Test]
    public void No_image_goes_after_an_image_that_it_is_based_on_unless_they_form_a_circle() => Check((_, _, going) =>
    {
        foreach (var (index, image) in going.Index())
        {
            var earlier = going.Take(index).Any(other => other.Uuid == image.Details.Origin);
            Assert.That(!earlier || ReachesCircle(image, going), Is.True);
        }
    });

    private static bool ReachesCircle(Image image, IReadOnlyList<Image> all)
    {
        var next = image;
        for (var step = 0; next is not null && step <= all.Count; step++)
        {
            next = all.FirstOrDefault(other => other.Uuid == next.Details.Origin);
        }

        return next is not null;
    }
}
