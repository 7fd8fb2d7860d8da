using System.Net;
using ImgApi.Api.Configuration;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server;

/// <summary>The configuration key <c>corsOrigins</c>.</summary>
[TestFixture]
internal sealed class CrossOriginTests
{
    private const string Portal = "https://portal.example.com";
    private const string Allowed = "Access-Control-Allow-Origin";

    private static readonly (string, string) FromPortal = ("Origin", Portal);

    private static Task<TestServer> StartAsync(params string[] origins) =>
        TestServer.StartAsync(configure: configuration => configuration with { CorsOrigins = new CorsOrigins(origins), ReadAccess = ReadAccess.Private });

    private static Task<Answer> PreflightAsync(TestServer server, string url, string method, string origin = Portal) => server.Anonymous.AnswerAsync(
        HttpMethod.Options, url, null, ("Origin", origin), ("Access-Control-Request-Method", method), ("Access-Control-Request-Headers", "authorization"));

    [TestCase("GET", "/images", 200)]
    [TestCase("HEAD", "/images", 200)]
    [TestCase("GET", "/images/{0}", 200)]
    [TestCase("GET", "/images/{0}?a=b", 200)]
    [TestCase("GET", "/images/{0}/file", 200)]
    [TestCase("GET", "/ping", 200)]
    [TestCase("GET", "/nowhere", 404)]
    [TestCase("GET", "/state", 401)]
    public async Task A_page_of_a_configured_origin_may_read_answers(string method, string path, int status)
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
    public async Task A_page_of_another_origin_may_not_read_answers(string origin)
    {
        await using var server = await StartAsync(Portal);
        Assert.That((await server.Anonymous.GetAnswerAsync("/images", ("Origin", origin))).Header(Allowed), Is.Null);
    }

    [TestCase("https://portal.example.com:8443")]
    [TestCase("http://portal.example.com")]
    [TestCase("https://evil.example.com")]
    [TestCase("null")]
    public async Task A_preflight_from_another_origin_is_not_allowed(string origin)
    {
        await using var server = await StartAsync(Portal);
        Assert.That((await PreflightAsync(server, "/images", "GET", origin)).Header(Allowed), Is.Null);
    }

    [Test]
    public async Task A_star_allows_every_origin()
    {
        await using var server = await StartAsync("*");
        Assert.That((await server.Anonymous.GetAnswerAsync("/images", FromPortal)).Header(Allowed), Is.EqualTo("*"));
    }

    [Test]
    public async Task A_preflight_for_a_read_is_allowed_with_credentials()
    {
        await using var server = await StartAsync(Portal);
        var preflight = await PreflightAsync(server, "/images", "GET");
        Assert.That((preflight.Status, preflight.Header(Allowed)), Is.EqualTo((HttpStatusCode.NoContent, Portal)));
        Assert.That(preflight.Header("Access-Control-Allow-Headers"), Is.EqualTo("authorization"));
    }

    [TestCase("POST")]
    [TestCase("PUT")]
    [TestCase("DELETE")]
    public async Task A_preflight_for_a_write_is_not_allowed(string method)
    {
        await using var server = await StartAsync(Portal);
        Assert.That((await PreflightAsync(server, "/images", method)).Header("Access-Control-Allow-Methods"), Does.Not.Contain(method));
    }

    [TestCase("POST", "")]
    [TestCase("PATCH", "/00000000-0000-4000-8000-000000000000")]
    [TestCase("HEAD", "/00000000-0000-4000-8000-000000000000")]
    [TestCase("DELETE", "/00000000-0000-4000-8000-000000000000")]
    public async Task A_preflight_for_a_resumable_upload_is_not_allowed(string method, string path)
    {
        await using var server = await StartAsync(Portal);
        var preflight = await PreflightAsync(server, $"/images/{Guid.NewGuid()}/file/uploads{path}", method);
        Assert.That((preflight.Header(Allowed), preflight.Header("Access-Control-Allow-Methods")), Is.EqualTo(((string?)null, (string?)null)));
    }

    [Test]
    public async Task The_answer_to_a_write_allows_no_origin()
    {
        await using var server = await StartAsync(Portal);
        var answer = await server.Admin.PostAnswerAsync("/images", Requests.Manifest(), FromPortal);
        Assert.That((answer.Status, answer.Header(Allowed)), Is.EqualTo((HttpStatusCode.OK, (string?)null)));
    }

    [TestCase("/images", "Authorization, Accept-Encoding, Origin")]
    [TestCase("/images/{0}", "Authorization, Origin")]
    [TestCase("/images/{0}?a=b", "Authorization, Origin")]
    [TestCase("/nowhere", "Origin")]
    public async Task Answers_vary_by_origin(string path, string vary)
    {
        await using var server = await StartAsync(Portal, "https://other.example.com");
        var url = path.Replace("{0}", await server.Admin.PublishAsync(("public", true)), StringComparison.Ordinal);
        Assert.That((await server.Anonymous.GetAnswerAsync(url)).Header("Vary"), Is.EqualTo(vary));
        var page = await server.Anonymous.GetAnswerAsync(url, FromPortal);
        Assert.That(page.Headers.NonValidated["Vary"].Single().Split(", "), Is.EquivalentTo(vary.Split(", ")));
    }

    [Test]
    public async Task No_origin_is_allowed_without_the_key()
    {
        await using var server = await StartAsync();
        var answer = await server.Anonymous.GetAnswerAsync("/images", FromPortal);
        Assert.That((answer.Header(Allowed), answer.Header("Vary")), Is.EqualTo(((string?)null, "Authorization, Accept-Encoding")));
    }

    [Test]
    public async Task A_preflight_without_the_key_is_an_unsupported_method()
    {
        await using var server = await StartAsync();
        Assert.That((int)(await PreflightAsync(server, "/images", "GET")).Status, Is.EqualTo(405));
    }

    [Test]
    public async Task A_preflight_is_answered_below_the_path_prefix_only()
    {
        await using var server = await TestServer.StartAsync(configure: configuration => configuration with { CorsOrigins = new CorsOrigins(["*"]), PathBase = "/prefix/" });
        Assert.That((int)(await PreflightAsync(server, "/images", "GET")).Status, Is.EqualTo(404));
        Assert.That((await PreflightAsync(server, "/prefix/images", "GET")).Header(Allowed), Is.EqualTo("*"));
    }

    [TestCase("[]", "")]
    [TestCase("\"*\"", "*")]
    [TestCase("[\"https://Portal.Example.com:443\",\"http://[::1]:8080\"]", "https://portal.example.com http://[::1]:8080")]
    public void Valid_origins_in_the_configuration_are_normalized(string value, string origins) =>
        Assert.That(string.Join(' ', Read(value).CorsOrigins.List), Is.EqualTo(origins));

    [TestCase("[\"https://a/\"]")]
    [TestCase("[\"https://a/b\"]")]
    [TestCase("[\"https://me@a\"]")]
    [TestCase("[\"a.example.com\"]")]
    [TestCase("[\"null\"]")]
    [TestCase("[5]")]
    [TestCase("{}")]
    public void Invalid_origins_in_the_configuration_are_refused(string value) =>
        Assert.That(Assert.Throws<ConfigurationException>(() => Read(value))!.Message, Does.Contain("a list of origins"));

    private static ServerConfiguration Read(string corsOrigins)
    {
        using var folder = new TemporaryFolder();
        return ConfigurationFile.Read(folder.Write("config.json", $$"""{"datadir":"{{folder.Path}}","corsOrigins":{{corsOrigins}}}"""));
    }
}
