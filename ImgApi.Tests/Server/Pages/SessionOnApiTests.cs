using System.Net;
using ImgApi.Api.Configuration;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Pages;

/// <summary>Requests of a browser to the API: the cookie counts only together with the token that the scripts of the pages send.</summary>
[TestFixture]
internal sealed class SessionOnApiTests() : SessionFixture(ReadAccess.Private)
{
    [SetUp]
    public async Task SignInAsync() => await Browser.SignInAsync();

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
        var uuid = await Server.Admin.PublishAsync();
        var answer = await Browser.Http.AnswerAsync(new HttpMethod(method), path.Replace("{uuid}", uuid), null);
        Assert.That((answer.Status, answer.Message), Is.EqualTo(
            (HttpStatusCode.Unauthorized, "Unauthorized: this request needs user name and password (HTTP Basic)")));
        Assert.That((await Server.Admin.GetAnswerAsync($"/images/{uuid}")).Json.GetProperty("state").GetString(), Is.EqualTo("active"));
    }

    [Test]
    public async Task A_read_with_the_cookie_alone_shows_what_strangers_see()
    {
        await Server.Admin.PublishAsync(("public", false));
        Assert.That((await Browser.OpenAsync("/images")).Json.GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task A_read_with_the_token_shows_what_users_see_and_is_not_stored_by_shared_caches()
    {
        await Server.Admin.PublishAsync(("public", false));
        var answer = await Browser.OpenAsync("/images", await Browser.ScriptHeaderAsync());
        Assert.That(answer.Json.GetArrayLength(), Is.EqualTo(1));
        Assert.That(answer.Header("Cache-Control"), Is.EqualTo("private"));
    }

    [Test]
    public async Task A_private_image_is_found_with_the_token_and_not_with_the_cookie_alone()
    {
        var uuid = await Server.Admin.PublishAsync(("public", false));
        var (with, without) = (await Browser.OpenAsync($"/images/{uuid}", await Browser.ScriptHeaderAsync()), await Browser.OpenAsync($"/images/{uuid}"));
        Assert.That(((int)with.Status, (int)without.Status), Is.EqualTo((200, 404)));
    }

    [Test]
    public async Task An_image_is_created_with_the_token() => Assert.That(
        (await Browser.Http.PostAnswerAsync("/images", Requests.Manifest(), await Browser.ScriptHeaderAsync())).Status, Is.EqualTo(HttpStatusCode.OK));

    [Test]
    public async Task A_ping_with_the_token_names_the_user() => Assert.That(
        (await Browser.OpenAsync("/ping", await Browser.ScriptHeaderAsync())).Text, Does.Contain("admin"));

    [Test]
    public async Task The_token_without_the_cookie_is_refused()
    {
        var header = await Browser.ScriptHeaderAsync();
        using var other = new PageClient(Server);
        Assert.That((await other.OpenAsync("/images", header)).Status, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [TestCase("")]
    [TestCase("x")]
    public async Task Another_token_is_refused(string token) => Assert.That(
        (await Browser.OpenAsync("/images", ("Authorization", $"Session {token}"))).Status, Is.EqualTo(HttpStatusCode.Unauthorized));

    [Test]
    public async Task The_token_of_another_session_is_refused()
    {
        using var other = new PageClient(Server);
        await other.SignInAsync();
        Assert.That((await Browser.OpenAsync("/images", await other.ScriptHeaderAsync())).Status, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task A_script_whose_session_has_ended_gets_a_401_that_opens_no_dialog()
    {
        var header = await Browser.ScriptHeaderAsync();
        Clock.Advance(TimeSpan.FromMinutes(30));
        var answer = await Browser.Http.PostAnswerAsync("/images", Requests.Manifest(), header);
        Assert.That((answer.Status, answer.Message, answer.Header("WWW-Authenticate")), Is.EqualTo(
            (HttpStatusCode.Unauthorized, "the session has ended; sign in again", (string?)null)));
    }

    [Test]
    public async Task A_session_does_not_end_during_a_long_upload()
    {
        var header = await Browser.ScriptHeaderAsync();
        var uuid = await Server.Admin.CreateAsync();
        using var body = new GatedContent(new byte[5 * 1024], new byte[1024]);
        var upload = Browser.Http.PutAnswerAsync($"/images/{uuid}/file?compression=none", body, header);
        await Eventually.TrueAsync(async () =>
            (await Server.Admin.GetAnswerAsync("/ui/server", ("Accept", "text/html"))).Text.Contains("5 KiB of 6 KiB", StringComparison.Ordinal));
        Clock.Advance(TimeSpan.FromMinutes(31));
        body.LetGo();
        await upload;
        Assert.That((await Browser.OpenAsync("/ping", header)).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Other_credentials_are_checked_although_there_is_a_session() => Assert.That(
        (await Browser.OpenAsync("/images", ("Authorization", TestServer.Basic("admin", "wrong").ToString()))).Status,
        Is.EqualTo(HttpStatusCode.Unauthorized));
}
