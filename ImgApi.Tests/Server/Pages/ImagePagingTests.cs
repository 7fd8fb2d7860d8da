using System.Net;
using System.Text.RegularExpressions;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Pages;

/// <summary>Pages of the list of images.</summary>
[TestFixture]
internal sealed class ImagePagingTests
{
    private const int Images = 120;

    private static readonly (string, string) Browser = ("Accept", "text/html");

    private TestServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _server = await TestServer.StartAsync();
        for (var i = 0; i < Images; i++)
        {
            await _server.Admin.CreateAsync(("name", $"image-{i}"));
        }
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [Test]
    public async Task The_links_to_next_pages_lead_to_every_image_once()
    {
        var names = new List<string>();
        for (var path = "/?os=smartos"; path.Length > 0;)
        {
            var page = (await _server.Admin.GetAnswerAsync(path, Browser)).Text;
            names.AddRange(Regex.Matches(page, "<bdi>(image-[0-9]+)</bdi>").Select(match => match.Groups[1].Value));
            path = WebUtility.HtmlDecode(Regex.Match(page, "rel=\"next\" href=\"([^\"]+)").Groups[1].Value);
        }

        Assert.That(names, Is.EquivalentTo(Enumerable.Range(0, Images).Select(i => $"image-{i}")));
    }

    [Test]
    public async Task A_page_has_at_most_50_images() =>
        Assert.That(Regex.Count((await _server.Admin.GetAnswerAsync("/", Browser)).Text, "<li class=\"row\">"), Is.EqualTo(50));

    [Test]
    public async Task The_next_page_keeps_the_search()
    {
        var page = (await _server.Admin.GetAnswerAsync("/?q=image&os=smartos&type=", Browser)).Text;
        Assert.That(WebUtility.HtmlDecode(page), Does.Match("href=\"/\\?q=image&os=smartos&marker=[0-9a-f-]{36}\""));
    }
}
