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

    [Test]
    public async Task A_field_up_to_16_KiB_is_shown_whole() =>
        Assert.That(Regex.Count(await OpenAsync("tags", Tags(500)), "<dt><bdi>tag-"), Is.EqualTo(500));

    [Test]
    public async Task A_field_longer_than_16_KiB_is_not_shown() =>
        Assert.That(await OpenAsync("tags", Tags(1_500)), Does.Not.Contain("<bdi>tag-"));

    [Test]
    public async Task A_nested_field_longer_than_16_KiB_is_not_shown()
    {
        var nested = Tags(40).Keys.ToDictionary(tag => tag, _ => Tags(40));
        Assert.That(await OpenAsync("tags", nested), Does.Not.Contain("<bdi>tag-"));
    }

    [Test]
    public async Task A_field_that_is_not_shown_leads_to_the_manifest()
    {
        var server = Regex.Escape(_server.Address.ToString().TrimEnd('/'));
        Assert.That(await OpenAsync("tags", Tags(1_500)), Does.Match($"see the <a href=\"{server}/ui/images/UUID/manifest\">manifest</a>"));
    }

    [Test]
    public async Task The_accounts_with_access_are_shown_up_to_100()
    {
        var page = await OpenAsync("acl", Enumerable.Range(0, 103).Select(_ => Uuid.New().ToString()));
        Assert.That((Regex.Count(page, "aria-label=\"Remove the access of"), page.Contains("3 more accounts", StringComparison.Ordinal)), Is.EqualTo((100, true)));
    }
}
