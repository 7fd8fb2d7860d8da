using System.Text.RegularExpressions;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Pages;

/// <summary>The page of an image whose manifest has more values than a person reads.</summary>
[TestFixture]
internal sealed class LongManifestTests
{
    private TestServer _server = null!;
    private PageClient _browser = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _server = await TestServer.StartAsync();
        _browser = new PageClient(_server);
        await _browser.SignInAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _browser.Dispose();
        await _server.DisposeAsync();
    }

    private async Task<string> OpenAsync(string field, object value)
    {
        var uuid = await _server.Admin.CreateAsync((field, value));
        return (await _browser.OpenAsync($"/ui/images/{uuid}")).Text.Replace(uuid, "UUID", StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Tags(int count) => Enumerable.Range(0, count).ToDictionary(number => $"tag-{number}", _ => "x");

    [TestCase(100, 100)]
    [TestCase(5_000, 100)]
    public async Task A_map_is_shown_up_to_100_values(int count, int shown) =>
        Assert.That(Regex.Count(await OpenAsync("tags", Tags(count)), "<dt><bdi>tag-"), Is.EqualTo(shown));

    [Test]
    public async Task A_list_is_shown_up_to_100_values() =>
        Assert.That(Regex.Count(await OpenAsync("tags", new { list = Enumerable.Repeat("item", 101) }), @"<li>\s*<bdi>item</bdi>"), Is.EqualTo(100));

    [Test]
    public async Task The_number_of_values_that_are_not_shown_leads_to_the_manifest()
    {
        var server = Regex.Escape(_server.Address.ToString().TrimEnd('/'));
        Assert.That(await OpenAsync("tags", Tags(102)), Does.Match($">2 more values in the <a href=\"{server}/ui/images/UUID/manifest\">manifest</a>"));
    }

    [Test]
    public async Task A_map_that_is_shown_whole_does_not_mention_more_values() =>
        Assert.That(await OpenAsync("tags", Tags(100)), Does.Not.Contain("more value"));

    [Test]
    public async Task The_accounts_with_access_are_shown_up_to_100()
    {
        var page = await OpenAsync("acl", Enumerable.Range(0, 103).Select(_ => Uuid.New().ToString()));
        Assert.That((Regex.Count(page, "aria-label=\"Remove the access of"), page.Contains("3 more accounts", StringComparison.Ordinal)), Is.EqualTo((100, true)));
    }
}
