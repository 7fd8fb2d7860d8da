using System.Net;
using ImgApi.Api.Configuration;
using ImgApi.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ImgApi.Tests.Server.Pages;

/// <summary>Requests of a browser to the API: the cookie counts only together with the token that the scripts of the pages send.</summary>
[TestFixture]
internal sealed class SessionOnApiTests
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.Parse("2026-11-23T03:09:51Z", null));
    private TestServer _server = null!;
    private PageClient _browser = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _server = await TestServer.StartAsync(
            configure: configuration => configuration with { ReadAccess = ReadAccess.Private },
            replace: services => services.AddSingleton<TimeProvider>(_clock));
        _browser = new PageClient(_server);
        await _browser.SignInAsync();
    }

    [TearDown]
    public async Task StopAsync()
    {
        _browser.Dispose();
        await _server.DisposeAsync();
    }

    [TestCase("POST", "/images")]
    [TestCase("PUT", "/images/{uuid}/file?compression=gzip")]
    [TestCase("POST", "/images/{uuid}/file/uploads")]
    [TestCase("POST", "/images/{uuid}?action=disable")]
    [TestCase("POST", "/images/{uuid}/acl")]
    [TestCase("PUT", "/images/{uuid}/icon")]
    [TestCase("DELETE", "/images/{uuid}")]
    [TestCase("GET", "/state")]
    [TestCase("GET", "/jobs")]
    public async Task A_request_with_the_cookie_alone_is_refused_as_without_it(string method, string path)
    {
        var uuid = await _server.Admin.PublishAsync();
        var answer = await _browser.Http.AnswerAsync(new HttpMethod(method), path.Replace("{uuid}", uuid), null);
        Assert.That((answer.Status, answer.Message), Is.EqualTo(
            (HttpStatusCode.Unauthorized, "Unauthorized: this request needs user name and password (HTTP Basic)")));
        Assert.That((await _server.Admin.GetAnswerAsync($"/images/{uuid}")).Json.GetProperty("state").GetString(), Is.EqualTo("active"));
    }

    [Test]
    public async Task A_read_with_the_cookie_alone_shows_what_strangers_see()
    {
        await _server.Admin.PublishAsync(("public", false));
        Assert.That((await _browser.OpenAsync("/images")).Json.GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task A_read_with_the_token_shows_what_users_see_and_is_not_stored_by_shared_caches()
    {
        await _server.Admin.PublishAsync(("public", false));
        var answer = await _browser.OpenAsync("/images", await _browser.ScriptHeaderAsync());
        Assert.That(answer.Json.GetArrayLength(), Is.EqualTo(1));
        Assert.That(answer.Header("Cache-Control"), Is.EqualTo("private"));
    }

    [Test]
    public async Task A_private_image_is_found_with_the_token_and_not_with_the_cookie_alone()
    {
        var uuid = await _server.Admin.PublishAsync(("public", false));
        var (with, without) = (await _browser.OpenAsync($"/images/{uuid}", await _browser.ScriptHeaderAsync()), await _browser.OpenAsync($"/images/{uuid}"));
        Assert.That(((int)with.Status, (int)without.Status), Is.EqualTo((200, 404)));
    }

    [Test]
    public async Task An_image_is_created_with_the_token() => Assert.That(
        (await _browser.Http.PostAnswerAsync("/images", Requests.Manifest(), await _browser.ScriptHeaderAsync())).Status, Is.EqualTo(HttpStatusCode.OK));

    [Test]
    public async Task A_ping_with_the_token_names_the_user() => Assert.That(
        (await _browser.OpenAsync("/ping", await _browser.ScriptHeaderAsync())).Text, Does.Contain("admin"));

    [Test]
    public async Task The_token_without_the_cookie_is_refused()
    {
        var header = await _browser.ScriptHeaderAsync();
        using var other = new PageClient(_server);
        Assert.That((await other.OpenAsync("/images", header)).Status, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [TestCase("")]
    [TestCase("x")]
    public async Task Another_token_is_refused(string token) => Assert.That(
        (await _browser.OpenAsync("/images", ("Authorization", $"Session {token}"))).Status, Is.EqualTo(HttpStatusCode.Unauthorized));

    [Test]
    public async Task The_token_of_another_session_is_refused()
    {
        using var other = new PageClient(_server);
        await other.SignInAsync();
        Assert.That((await _browser.OpenAsync("/images", await other.ScriptHeaderAsync())).Status, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task A_script_whose_session_has_ended_gets_a_401_that_opens_no_dialog()
    {
        var header = await _browser.ScriptHeaderAsync();
        _clock.Advance(TimeSpan.FromMinutes(30));
        var answer = await _browser.Http.PostAnswerAsync("/images", Requests.Manifest(), header);
        Assert.That((answer.Status, answer.Message, answer.Header("WWW-Authenticate")), Is.EqualTo(
            (HttpStatusCode.Unauthorized, "the session has ended; sign in again", (string?)null)));
    }

    [Test]
    public async Task A_session_does_not_end_during_a_long_upload()
    {
        var header = await _browser.ScriptHeaderAsync();
        var uuid = await _server.Admin.CreateAsync();
        using var body = new GatedContent(new byte[5 * 1024], new byte[1024]);
        var upload = _browser.Http.PutAnswerAsync($"/images/{uuid}/file?compression=none", body, header);
        await Eventually.TrueAsync(async () =>
            (await _server.Admin.GetAnswerAsync("/ui/server", ("Accept", "text/html"))).Text.Contains("5 KiB of 6 KiB", StringComparison.Ordinal));
        _clock.Advance(TimeSpan.FromMinutes(31));
        body.LetGo();
        await upload;
        Assert.That((await _browser.OpenAsync("/ping", header)).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Other_credentials_are_checked_although_there_is_a_session() => Assert.That(
        (await _browser.OpenAsync("/images", ("Authorization", TestServer.Basic("admin", "wrong").ToString()))).Status,
        Is.EqualTo(HttpStatusCode.Unauthorized));
}
