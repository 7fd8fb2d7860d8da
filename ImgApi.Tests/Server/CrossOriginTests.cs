using System.Net;
using ImgApi.Api.Configuration;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server;

/// <summary>The key <c>corsOrigins</c>.</summary>
[TestFixture]
internal sealed class CrossOriginTests
{
    private const string Portal = "https://portal.example.com";
    private const string Allowed = "Access-Control-Allow-Origin";

    private static readonly (string, string) FromPortal = ("Origin", Portal);

    private static Task<TestServer> StartAsync(params string[] origins) =>
        TestServer.StartAsync(configure: configuration => configuration with { CorsOrigins = new CorsOrigins(origins), ReadAccess = ReadAccess.Private });

    private static Task<Answer> AskAsync(TestServer server, string url, string method, string origin = Portal) => server.Anonymous.AnswerAsync(
        HttpMethod.Options, url, null, ("Origin", origin), ("Access-Control-Request-Method", method), ("Access-Control-Request-Headers", "authorization"));

    [TestCase("GET", "/images", 200)]
    [TestCase("HEAD", "/images", 200)]
    [TestCase("GET", "/images/{0}", 200)]
    [TestCase("GET", "/images/{0}?a=b", 200)]
    [TestCase("GET", "/images/{0}/file", 200)]
    [TestCase("GET", "/ping", 200)]
    [TestCase("GET", "/nowhere", 404)]
    [TestCase("GET", "/state", 401)]
    public async Task A_page_of_the_origin_reads(string method, string path, int status)
    {
        await using var server = await StartAsync("https://other.example.com", Portal);
        var url = path.Replace("{0}", await server.Admin.PublishAsync(("public", true)), StringComparison.Ordinal);
        await server.Anonymous.GetAnswerAsync(url);
        var answer = await server.Anonymous.AnswerAsync(new HttpMethod(method), url, null, FromPortal);
        Assert.That(((int)answer.Status, answer.Header(Allowed)), Is.EqualTo((status, Portal)));
        Assert.That(answer.Header("Access-Control-Allow-Credentials"), Is.Null);
    }

    [TestCase("https://portal.example.com:8443")]
    [TestCase("http://portal.example.com")]
    [TestCase("https://evil.example.com")]
    [TestCase("null")]
    public async Task A_page_of_another_origin_does_not(string origin)
    {
        await using var server = await StartAsync(Portal);
        Assert.That((await server.Anonymous.GetAnswerAsync("/images", ("Origin", origin))).Header(Allowed), Is.Null);
        Assert.That((await AskAsync(server, "/images", "GET", origin)).Header(Allowed), Is.Null);
    }

    [Test]
    public async Task A_star_lets_everyone_read()
    {
        await using var server = await StartAsync("*");
        Assert.That((await server.Anonymous.GetAnswerAsync("/images", FromPortal)).Header(Allowed), Is.EqualTo("*"));
    }

    [Test]
    public async Task A_preflight_allows_reads_and_no_writes()
    {
        await using var server = await StartAsync(Portal);
        var preflight = await AskAsync(server, "/images", "GET");
        Assert.That((preflight.Status, preflight.Header(Allowed)), Is.EqualTo((HttpStatusCode.NoContent, Portal)));
        Assert.That(preflight.Header("Access-Control-Allow-Headers"), Is.EqualTo("authorization"));
        foreach (var method in new[] { "POST", "PUT", "DELETE" })
        {
            Assert.That((await AskAsync(server, "/images", method)).Header("Access-Control-Allow-Methods"), Does.Not.Contain(method));
        }
    }

    [Test]
    public async Task The_answer_to_a_write_is_for_no_page()
    {
        await using var server = await StartAsync(Portal);
        var answer = await server.Admin.PostAnswerAsync("/images", Requests.Manifest(), FromPortal);
        Assert.That((answer.Status, answer.Header(Allowed)), Is.EqualTo((HttpStatusCode.OK, (string?)null)));
    }

    [TestCase("/images", "Authorization, Accept-Encoding, Origin")]
    [TestCase("/images/{0}", "Authorization, Origin")]
    [TestCase("/images/{0}?a=b", "Authorization, Origin")]
    [TestCase("/nowhere", "Origin")]
    public async Task Caches_keep_the_answers_of_origins_apart(string path, string vary)
    {
        await using var server = await StartAsync(Portal, "https://other.example.com");
        var url = path.Replace("{0}", await server.Admin.PublishAsync(("public", true)), StringComparison.Ordinal);
        Assert.That((await server.Anonymous.GetAnswerAsync(url)).Header("Vary"), Is.EqualTo(vary));
        var page = await server.Anonymous.GetAnswerAsync(url, FromPortal);
        Assert.That(page.Headers.NonValidated["Vary"].Single().Split(", "), Is.EquivalentTo(vary.Split(", ")));
    }

    [Test]
    public async Task Without_the_key_nothing_is_allowed()
    {
        await using var server = await StartAsync();
        var answer = await server.Anonymous.GetAnswerAsync("/images", FromPortal);
        Assert.That((answer.Header(Allowed), answer.Header("Vary")), Is.EqualTo(((string?)null, "Authorization, Accept-Encoding")));
        Assert.That((int)(await AskAsync(server, "/images", "GET")).Status, Is.EqualTo(405));
    }

    [Test]
    public async Task Outside_the_prefix_nothing_is_told()
    {
        await using var server = await TestServer.StartAsync(configure: configuration => configuration with { CorsOrigins = new CorsOrigins(["*"]), PathBase = "/prefix/" });
        Assert.That((int)(await AskAsync(server, "/images", "GET")).Status, Is.EqualTo(404));
        Assert.That((await AskAsync(server, "/prefix/images", "GET")).Header(Allowed), Is.EqualTo("*"));
    }

    [TestCase("[]", "")]
    [TestCase("\"*\"", "*")]
    [TestCase("[\"https://Portal.Example.com:443\",\"http://[::1]:8080\"]", "https://portal.example.com http://[::1]:8080")]
    [TestCase("[\"https://a/\"]", null)]
    [TestCase("[\"https://a/b\"]", null)]
    [TestCase("[\"https://me@a\"]", null)]
    [TestCase("[\"a.example.com\"]", null)]
    [TestCase("[\"null\"]", null)]
    [TestCase("[5]", null)]
    [TestCase("{}", null)]
    public void The_configuration_takes_origins_only(string value, string? origins)
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("config.json", $$"""{"datadir":"{{folder.Path}}","corsOrigins":{{value}}}""");
        if (origins is null)
        {
            Assert.That(Assert.Throws<ConfigurationException>(() => ConfigurationFile.Read(file))!.Message, Does.Contain("a list of origins"));
        }
        else
        {
            Assert.That(string.Join(' ', ConfigurationFile.Read(file).CorsOrigins.List), Is.EqualTo(origins));
        }
    }
}
