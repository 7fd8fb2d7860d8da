using System.Net;
using ImgApi.Api.Authentication;
using ImgApi.Api.Configuration;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Pages;

/// <summary>The forms with which users sign in and out.</summary>
[TestFixture]
internal sealed class SignInTests() : SessionFixture(ReadAccess.Private)
{
    private async Task<bool> IsSignedInAsync() => (await Browser.OpenAsync("/")).Text.Contains("Sign out", StringComparison.Ordinal);

    [Test]
    public async Task A_user_with_the_right_password_is_signed_in()
    {
        var answer = await Browser.SignInAsync();
        Assert.That((answer.Status, answer.Header("Location"), await IsSignedInAsync()), Is.EqualTo((HttpStatusCode.Found, "/", true)));
    }

    [TestCase("admin", "wrong")]
    [TestCase("admin", "")]
    [TestCase("nobody", "secret")]
    [TestCase("", "")]
    public async Task A_wrong_password_and_an_unknown_user_get_the_form_again_with_the_same_words(string user, string password)
    {
        var answer = await Browser.SignInAsync(user, password);
        Assert.Multiple(() =>
        {
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Unauthorized));
            Assert.That(answer.Text, Does.Contain("Invalid username/password combination").And.Contains("<h1>Sign in</h1>"));
            Assert.That(answer.Header("WWW-Authenticate"), Is.Null, "the browser would open its own dialog");
            Assert.That(Browser.Session, Is.Null);
        });
    }

    [Test]
    public async Task The_form_keeps_the_name_and_forgets_the_password_after_a_refusal()
    {
        var answer = await Browser.SignInAsync("<b>\"bob\"", "my-wrong-password");
        Assert.That(answer.Text, Does.Contain("value=\"&lt;b&gt;&quot;bob&quot;\"").And.Not.Contains("my-wrong-password"));
    }

    [Test]
    public async Task Wrong_passwords_in_the_form_count_as_those_of_the_API()
    {
        for (var count = 0; count < AttemptLimiter.Burst; count++)
        {
            await Browser.SignInAsync(password: $"guess {count}");
        }

        var (form, api) = (await Browser.SignInAsync(), await Server.Admin.GetAnswerAsync("/state"));
        Assert.Multiple(() =>
        {
            Assert.That(((int)form.Status, (int)api.Status), Is.EqualTo((429, 429)));
            Assert.That(form.Header("Retry-After"), Is.EqualTo("5"));
            Assert.That(form.Text, Does.Contain("too many wrong credentials came from this address; try again in 5 seconds"));
        });
    }

    [Test]
    public async Task A_user_can_sign_in_when_the_wait_after_too_many_wrong_passwords_is_over()
    {
        for (var count = 0; count < AttemptLimiter.Burst; count++)
        {
            await Browser.SignInAsync(password: $"guess {count}");
        }

        Clock.Advance(AttemptLimiter.Recovery);
        await Browser.SignInAsync();
        Assert.That(await IsSignedInAsync(), Is.True);
    }

    [Test]
    public async Task Signing_out_ends_the_session_on_the_server()
    {
        await Browser.SignInAsync();
        var id = Browser.Session;
        var answer = await Browser.SignOutAsync();
        var forgotten = Browser.Session;
        Browser.Session = id;
        var page = await Browser.OpenAsync("/ui/add");
        Assert.That((answer.Status, forgotten, page.Status), Is.EqualTo((HttpStatusCode.Found, (string?)null, HttpStatusCode.Found)));
    }

    [Test]
    public async Task Signing_out_twice_is_no_error()
    {
        await Browser.SignInAsync();
        await Browser.SignOutAsync();
        Assert.That((await Browser.SignOutAsync()).Status, Is.EqualTo(HttpStatusCode.Found));
    }

    [TestCase("text/plain", "name=admin")]
    [TestCase("multipart/form-data", "name=admin")]
    [TestCase("multipart/form-data; boundary=x", "--x\r\nnonsense")]
    public async Task A_body_that_is_not_a_form_is_refused(string type, string body)
    {
        using var content = Requests.Bytes(System.Text.Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        Assert.That((int)(await Browser.Http.PostAnswerAsync("/ui/sign-in", content)).Status, Is.EqualTo(400));
    }

    [Test]
    public async Task A_form_beyond_16_KiB_is_refused() => Assert.That(
        (int)(await Browser.SendFormAsync("/ui/sign-in", [("name", new string('x', 16 * 1024))])).Status, Is.EqualTo(413));

    [TestCase(AuthenticationKind.None)]
    [TestCase(AuthenticationKind.Signature)]
    public async Task A_server_without_passwords_offers_no_sign_in(AuthenticationKind kind)
    {
        using var folder = new TemporaryFolder();
        await using var server = await TestServer.StartAsync(
            configure: configuration => configuration with { Authentication = kind, KeyFolder = folder.Path });
        Assert.That(await SignInOfAsync(server), Is.EqualTo((false, 404)));
    }

    [Test]
    public async Task A_server_without_users_offers_no_sign_in()
    {
        await using var server = await TestServer.StartAsync(configure: configuration => configuration with { Users = [] });
        Assert.That(await SignInOfAsync(server), Is.EqualTo((false, 404)));
    }

    [Test]
    public async Task A_page_for_users_of_a_server_without_users_leads_to_no_sign_in()
    {
        await using var server = await TestServer.StartAsync(configure: configuration => configuration with { Users = [] });
        using var browser = new PageClient(server);
        Assert.That((await browser.OpenAsync("/ui/add")).Status, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task The_page_of_an_unknown_address_shows_who_is_signed_in()
    {
        await Browser.SignInAsync();
        Assert.That((await Browser.OpenAsync("/ui/nothing")).Text, Does.Contain("Sign out").And.Not.Contains("Sign in"));
    }

    private static async Task<(bool IsOffered, int Status)> SignInOfAsync(TestServer server)
    {
        using var browser = new PageClient(server);
        var (start, form) = (await browser.OpenAsync("/"), await browser.OpenAsync("/ui/sign-in"));
        return (start.Text.Contains("Sign in", StringComparison.Ordinal), (int)form.Status);
    }
}
