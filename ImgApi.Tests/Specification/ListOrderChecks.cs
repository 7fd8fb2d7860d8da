using ImgApi.Tests.Support;

namespace ImgApi.Tests.Specification;

/// <summary>Order, limits and markers of a list (contract 6).</summary>
[TestFixture]
internal sealed class ListOrderChecks() : ListFixture
{
    private string _second = null!;

    [OneTimeSetUp]
    public async Task PublishInAnotherOrderAsync()
    {
        _second = await PublishAsync("second", "2015-01-02T00:00:00Z");
        await PublishAsync("future", "2999-01-01T00:00:00.000Z");
        await PublishAsync("first", "2015-01-01T23:59:59.999Z");
        await PublishAsync("third", "2015-01-02T00:00:00.001Z");
    }

    [TestCase("", "first second third future")]
    [TestCase("sort=published_at.desc&limit=2", "future third")]
    [TestCase("sort=published_at.ASC&limit=1", "first")]
    [Check(144, 147)]
    public Task Images_are_listed_by_their_date_of_publication(string query, string names) => AssertOrderAsync(query, names);

    [TestCase("limit=1", "first")]
    [TestCase("limit=0", "first second third future")]
    [TestCase("limit=", "first second third future")]
    [TestCase("limit=0x2", "first second")]
    [TestCase("limit=1e3", "first second third future")]
    [Check(145)]
    public Task A_limit_keeps_the_beginning_of_the_list(string query, string names) => AssertOrderAsync(query, names);

    [TestCase("limit=abc", "limit:Invalid")]
    [TestCase("limit=-1", "limit:Invalid")]
    [TestCase("limit=1&limit=2", "limit:Invalid")]
    [TestCase("sort=name", "sort:Invalid")]
    [TestCase("marker=foo", "marker:Invalid")]
    [Check(144, 145, 146)]
    public Task An_invalid_limit_sort_or_marker_is_refused(string query, string error) => AssertQueryRefusedAsync(query, error);

    [TestCase("", "second third future")]
    [TestCase("&limit=1", "second")]
    [TestCase("&limit=2", "second third")]
    [TestCase("&sort=published_at.desc", "second first")]
    [Check(146)]
    public Task A_list_begins_with_the_image_that_the_marker_names(string query, string names) =>
        AssertOrderAsync($"marker={_second}{query}", names);

    [TestCase("marker=2015-01-02", "second third future")]
    [TestCase("marker=2015-01-02T00:00:00.001Z", "third future")]
    [TestCase("marker=2015-01-02&sort=published_at.desc", "second first")]
    [Check(146)]
    public Task A_list_begins_at_the_date_of_the_marker(string query, string names) => AssertOrderAsync(query, names);

    [Test]
    [Check(146)]
    public async Task A_marker_that_names_no_image_is_not_found() =>
        AssertNotFound(await Anonymous.GetAnswerAsync($"/images?marker={UnknownUuid}"), $"image {UnknownUuid} not found");

    private async Task AssertOrderAsync(string query, string names) =>
        Assert.That(string.Join(' ', await NamesAsync(Admin, query)), Is.EqualTo(names));
}
