using ImgApi.Domain.Storage;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Conformance;

/// <summary>The guarantees of <see cref="IImageRepository.QueryAsync"/> about order, marker and limit.</summary>
internal abstract class ImageQueryConformance
{
    private static readonly Uuid Second = Uuid.Parse("20000000-0000-4000-8000-000000000000");

    protected abstract IImageRepository Repository { get; }

    [SetUp]
    public async Task AddImages()
    {
        await Add(new ImageBuilder().Named("4").PublishedAt("2021-01-01T00:00:00Z").Activated());
        await Add(new ImageBuilder().Named("3").PublishedAt("2020-01-01T00:00:00.000Z").WithUuid("30000000-0000-4000-8000-000000000000").Activated());
        await Add(new ImageBuilder().Named("2").PublishedAt("2020-01-01T00:00:00Z").WithUuid(Second).Activated());
        await Add(new ImageBuilder().Named("1").PublishedAt("2019-01-01T00:00:00Z").Activated());
        await Add(new ImageBuilder().Named("0"));
    }

    [TestCase(false, "0 1 2 3 4")]
    [TestCase(true, "4 3 2 1 0")]
    public async Task Images_are_ordered_by_date_and_uuid_and_unpublished_images_are_the_oldest(bool descending, string expected) =>
        Assert.That(await Names(new ImageQuery { State = StateFilter.All, Descending = descending }), Is.EqualTo(expected));

    [TestCase(false, "2 3 4")]
    [TestCase(true, "2 1")]
    public async Task A_list_begins_with_the_image_that_the_marker_names(bool descending, string expected) =>
        Assert.That(await Names(All(descending, new ListMarker.AtImage(Second))), Is.EqualTo(expected));

    [TestCase(false, "2020-01-01T00:00:00Z", "2 3 4")]
    [TestCase(true, "2020-01-01T00:00:00Z", "3 2 1")]
    [TestCase(false, "2020-06-01T00:00:00Z", "4")]
    [TestCase(true, "2020-06-01T00:00:00Z", "3 2 1")]
    [TestCase(false, "2030-01-01T00:00:00Z", "")]
    [TestCase(true, "2000-01-01T00:00:00Z", "")]
    [TestCase(false, "0001-01-01T00:00:00Z", "1 2 3 4")]
    public async Task A_list_begins_at_the_date_of_the_marker_and_leaves_out_unpublished_images(bool descending, string instant, string expected)
    {
        Assert.That(Timestamp.TryParse(instant, out var at), Is.True);
        Assert.That(await Names(All(descending, new ListMarker.AtInstant(at!.Instant))), Is.EqualTo(expected));
    }

    [Test]
    public async Task An_unpublished_image_as_marker_is_ignored()
    {
        var unpublished = (await Repository.QueryAsync(All(false, null), CancellationToken.None)).Images[0].Uuid;
        Assert.That(await Names(All(false, new ListMarker.AtImage(unpublished))), Is.EqualTo("0 1 2 3 4"));
    }

    [Test]
    public async Task An_unknown_image_as_marker_is_not_found()
    {
        var unknown = Uuid.New();
        var refusal = await Refusal.Of(() => Names(All(false, new ListMarker.AtImage(unknown))));
        Assert.That(refusal.Code, Is.EqualTo(ErrorCode.ResourceNotFound));
        Assert.That(refusal.Message, Is.EqualTo($"image {unknown} not found"));
    }

    [Test]
    public async Task Hidden_images_are_not_listed()
    {
        await Add(new ImageBuilder().Named("public").PublishedAt("2022-01-01T00:00:00Z").Activated().With(details => details with { Public = true }));
        Assert.That(await Names(new ImageQuery { State = StateFilter.All, HidesPrivate = true }), Is.EqualTo("public"));
    }

    [Test]
    public async Task A_hidden_image_as_marker_is_not_found()
    {
        var refusal = await Refusal.Of(() => Names(All(false, new ListMarker.AtImage(Second)) with { HidesPrivate = true }));
        Assert.That(refusal.Message, Is.EqualTo($"image {Second} not found"));
    }

    [TestCase(true, 2, "4 3")]
    [TestCase(false, 1, "1")]
    public async Task The_limit_is_applied_after_filters_and_order(bool descending, int limit, string expected) =>
        Assert.That(await Names(new ImageQuery { Descending = descending, Limit = limit }), Is.EqualTo(expected));

    [Test]
    public async Task Only_images_that_match_are_listed() =>
        Assert.That(await Names(new ImageQuery { State = StateFilter.Unactivated }), Is.EqualTo("0"));

    [Test]
    public async Task Versions_are_listed_by_their_newest_image_and_the_number_of_older_ones()
    {
        await Add(Version("3", "2022-01-01T00:00:00Z"));
        await Add(Version("3", "2018-01-01T00:00:00Z"));
        Assert.That(await Versions(new ImageQuery()), Is.EqualTo("3+2 4+0 2+0 1+0"));
    }

    [Test]
    public async Task Versions_without_a_date_are_listed_first() =>
        Assert.That(await Versions(new ImageQuery { State = StateFilter.All }), Is.EqualTo("0+0 4+0 3+0 2+0 1+0"));

    [Test]
    public async Task Only_versions_that_match_are_counted()
    {
        await Add(Version("3", "2022-01-01T00:00:00Z").With(details => details with { Disabled = true }));
        Assert.That(await Versions(new ImageQuery { Name = "~3" }), Is.EqualTo("3+0"));
    }

    [Test]
    public async Task A_page_of_versions_omits_names_of_earlier_pages()
    {
        await Add(Version("4", "2018-01-01T00:00:00Z"));
        Assert.That(await Versions(All(false, new ListMarker.AtImage(Second))), Is.EqualTo("2+0 1+0"));
    }

    [Test]
    public async Task A_page_of_versions_begins_at_an_instant() =>
        Assert.That(await Versions(All(false, new ListMarker.AtInstant(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero)))), Is.EqualTo("3+0 2+0 1+0"));

    [Test]
    public async Task A_query_for_one_name_lists_each_of_its_versions()
    {
        await Add(Version("3", "2022-01-01T00:00:00Z"));
        Assert.That(await Versions(new ImageQuery { Name = "3" }), Is.EqualTo("3+0 3+0"));
    }

    [Test]
    public async Task Versions_follow_each_write()
    {
        await Versions(new ImageQuery());
        var added = await Add(Version("3", "2022-01-01T00:00:00Z"));
        Assert.That(await Versions(new ImageQuery { Limit = 1 }), Is.EqualTo("3+1"));
        await Repository.TryRemoveAsync(added, WriteConditions.None, CancellationToken.None);
        Assert.That(await Versions(new ImageQuery { Limit = 2 }), Is.EqualTo("4+0 3+0"));
    }

    [Test]
    public async Task A_hidden_image_as_marker_of_versions_is_not_found()
    {
        var refusal = await Refusal.Of(() => Versions(All(false, new ListMarker.AtImage(Second)) with { HidesPrivate = true }));
        Assert.That(refusal.Message, Is.EqualTo($"image {Second} not found"));
    }

    [Test]
    public void A_search_of_versions_ends_when_it_is_canceled() => Assert.That(
        async () => await Repository.QueryVersionsAsync(All(false, null) with { Words = ["x"] }, new CancellationToken(canceled: true)),
        Throws.InstanceOf<OperationCanceledException>());

    [Test]
    public async Task Increments_of_an_origin_are_listed()
    {
        await Add(new ImageBuilder().Named("increment").WithOrigin(Second));
        Assert.That(await Names(All(true, null) with { Origin = Second }), Is.EqualTo("increment"));
    }

    private static ImageBuilder Version(string name, string published) => new ImageBuilder().Named(name).PublishedAt(published).Activated();

    private static ImageQuery All(bool descending, ListMarker? marker) =>
        new() { State = StateFilter.All, Descending = descending, Marker = marker };

    private Task<Image> Add(ImageBuilder builder) => Repository.AddAsync(builder.Build(), WriteConditions.None, CancellationToken.None);

    private async Task<string> Versions(ImageQuery query) => string.Join(
        ' ', (await Repository.QueryVersionsAsync(query, CancellationToken.None)).Select(row => $"{row.Newest.Details.Name}+{row.Older}"));

    private async Task<string> Names(ImageQuery query) =>
        string.Join(' ', (await Repository.QueryAsync(query, CancellationToken.None)).Images.Select(image => image.Details.Name));
}
