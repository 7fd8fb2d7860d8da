using System.Net;
using System.Text.RegularExpressions;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Pages;

/// <summary>Which requests get pages, and their headers.</summary>
[TestFixture]
internal sealed class PageAnswerTests
{
    private static readonly (string, string) Browser = ("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");

    private TestServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _server = await TestServer.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [Test]
    public async Task A_browser_gets_a_page() =>
        Assert.That((await _server.Anonymous.GetAnswerAsync("/", Browser)).Header("Content-Type"), Is.EqualTo("text/html; charset=utf-8"));

    [TestCase("*/*")]
    [TestCase("application/json")]
    [TestCase("text/html;q=0, */*")]
    [TestCase("text/*")]
    public async Task Another_client_is_redirected_as_ever(string accept)
    {
        using var client = Unredirected();
        var answer = await client.GetAnswerAsync("/", ("Accept", accept));
        Assert.That((answer.Status, answer.Header("Location")), Is.EqualTo((HttpStatusCode.MovedPermanently, "/docs/")));
    }

    [Test]
    public async Task Caches_distinguish_browsers_from_other_clients()
    {
        using var client = Unredirected();
        Assert.That((await client.GetAnswerAsync("/")).Header("Vary"), Is.EqualTo("Accept"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Browsers_do_not_keep_the_redirect_of_a_server_without_pages(bool hasPages)
    {
        await using var server = await TestServer.StartAsync(configure: configuration => configuration with { WebPage = hasPages });
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = server.Address };
        Assert.That((await client.GetAnswerAsync("/")).Header("Cache-Control"), Is.EqualTo("no-cache"));
    }

    [TestCase("/")]
    [TestCase("/ui/images/00000000-0000-4000-8000-000000000000")]
    [TestCase("/ui/nothing")]
    public async Task A_page_may_load_only_its_own_parts_and_is_not_stored(string path)
    {
        var answer = await _server.Anonymous.GetAnswerAsync(path, Browser);
        Assert.Multiple(() =>
        {
            Assert.That(answer.Header("Content-Security-Policy"), Does.StartWith("default-src 'none'; script-src 'self'").And.Not.Contain("unsafe"));
            Assert.That(answer.Header("X-Content-Type-Options"), Is.EqualTo("nosniff"));
            Assert.That(answer.Header("X-Frame-Options"), Is.EqualTo("DENY"));
            Assert.That(answer.Header("Referrer-Policy"), Is.EqualTo("same-origin"));
            Assert.That(answer.Header("Cache-Control"), Is.EqualTo("no-cache, no-store"));
        });
    }

    [Test]
    public async Task A_browser_may_cache_an_asset_for_a_year()
    {
        var page = await _server.Anonymous.GetAnswerAsync("/", Browser);
        var asset = await _server.Anonymous.GetAnswerAsync(Regex.Match(page.Text, "/ui/assets/[0-9a-f]+/page.css").Value);
        Assert.That(asset.Header("Cache-Control"), Is.EqualTo("public, max-age=31536000, immutable"));
    }

    [Test]
    public async Task An_asset_of_another_version_does_not_exist() =>
        Assert.That((await _server.Anonymous.GetAnswerAsync("/ui/assets/0/page.css")).Status, Is.EqualTo(HttpStatusCode.NotFound));

    [TestCase("/ui/nothing", 404, "/ui/nothing does not exist")]
    [TestCase("/ui/images/x", 404, "/ui/images/x does not exist")]
    [TestCase("/?marker=x", 422, "is not a UUID or date string")]
    [TestCase("/?marker=00000000-0000-4000-8000-000000000000", 404, "image 00000000-0000-4000-8000-000000000000 not found")]
    public async Task An_error_of_a_page_is_a_page_in_the_words_of_the_API(string path, int status, string message)
    {
        var answer = await _server.Anonymous.GetAnswerAsync(path, Browser);
        Assert.That(((int)answer.Status, answer.Header("Content-Type")), Is.EqualTo((status, "text/html; charset=utf-8")));
        Assert.That(answer.Text, Does.Match($"<h1>[^<]*{message}</h1>"));
    }

    [Test]
    public async Task An_error_of_the_API_stays_JSON_for_a_browser() =>
        Assert.That((await _server.Anonymous.GetAnswerAsync("/images/x", Browser)).Code, Is.EqualTo("ResourceNotFound"));

    [Test]
    public async Task A_page_answers_HEAD_without_a_body() =>
        Assert.That((await _server.Anonymous.AnswerAsync(HttpMethod.Head, "/", null, Browser)).Bytes, Is.Empty);

    [Test]
    public async Task Links_have_the_prefix_of_the_server()
    {
        await using var server = await TestServer.StartAsync(configure: configuration => configuration with { PathBase = "/prefix/" });
        var page = await server.Anonymous.GetAnswerAsync("/prefix", Browser);
        Assert.That(Regex.Matches(page.Text, "(?:href|src|action)=\"([^\"#]+)").Select(link => link.Groups[1].Value), Has.All.StartWith("/prefix/"));
    }

    [TestCase("/", HttpStatusCode.MovedPermanently)]
    [TestCase("/ui/images/00000000-0000-4000-8000-000000000000", HttpStatusCode.NotFound)]
    [TestCase("/ui/assets/0/page.css", HttpStatusCode.NotFound)]
    public async Task A_server_without_pages_answers_browsers_as_other_clients(string path, HttpStatusCode status)
    {
        await using var server = await TestServer.StartAsync(configure: configuration => configuration with { WebPage = false });
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = server.Address };
        var answer = await client.GetAnswerAsync(path, Browser);
        Assert.That((answer.Status, answer.Header("Content-Security-Policy"), answer.Header("Vary")), Is.EqualTo((status, (string?)null, (string?)null)));
    }

    private HttpClient Unredirected() => new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = _server.Address };
}
