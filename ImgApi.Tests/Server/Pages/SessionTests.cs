using System.Net;
using ImgApi.Api.Configuration;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Pages;

/// <summary>The session of a user who is signed in: its cookie, its end, and what a stranger sees instead.</summary>
[TestFixture]
internal sealed class SessionTests() : SessionFixture(ReadAccess.Open)
{
    private static string[] Attributes(Answer signIn) =>
        [.. signIn.Header("Set-Cookie")!.Split(", ").Single(cookie => cookie.StartsWith("imgapi-session=", StringComparison.Ordinal)).Split("; ")[1..]];

    [Test]
    public async Task The_cookie_is_hidden_from_scripts_and_other_sites_and_lasts_as_long_as_the_browser() =>
        Assert.That(Attributes(await Browser.SignInAsync()), Is.EquivalentTo(new[] { "path=/", "samesite=strict", "httponly" }));

    [Test]
    public async Task The_cookie_is_secure_behind_a_trusted_proxy_with_TLS() => Assert.That(
        Attributes(await new ProxiedForm(Browser).SignInAsync("https")), Does.Contain("secure"));

    [Test]
    public async Task The_cookie_is_not_secure_if_a_proxy_that_is_not_trusted_names_TLS()
    {
        await using var server = await StartServerAsync(ReadAccess.Open, configuration => configuration with { TrustedProxies = new TrustedProxies([]) });
        using var browser = new PageClient(server);
        Assert.That(Attributes(await browser.SignInAsync(headers: ("X-Forwarded-Proto", "https"))), Does.Not.Contain("secure"));
    }

    [Test]
    public async Task The_cookie_is_secure_on_a_server_with_TLS()
    {
        using var folder = new TemporaryFolder();
        var files = Certificates.Write(folder);
        await using var server = await StartServerAsync(ReadAccess.Open, configuration => configuration with { Tls = files });
        using var browser = new PageClient(server);
        Assert.That(Attributes(await browser.SignInAsync()), Does.Contain("secure"));
    }

    [Test]
    public async Task The_cookie_is_only_for_the_prefix_of_the_server()
    {
        await using var server = await StartServerAsync(ReadAccess.Open, configuration => configuration with { PathBase = "/my/images-x/" });
        using var browser = new PageClient(server, "/my/images-x");
        var answer = await browser.SignInAsync(returnTo: "/?q=x");
        Assert.That((Attributes(answer)[0], answer.Header("Location")), Is.EqualTo(("path=/my/images-x", "/my/images-x/?q=x")));
    }

    [Test]
    public async Task Each_sign_in_begins_a_session_with_an_id_of_the_server_and_ends_the_earlier_one()
    {
        Browser.Session = "chosen-by-somebody-else";
        await Browser.SignInAsync();
        var first = Browser.Session;
        await Browser.SignInAsync();
        var second = Browser.Session;
        Browser.Session = first;
        var page = await Browser.OpenAsync("/ui/add");
        Assert.That(new[] { "chosen-by-somebody-else", first, second }, Is.Unique);
        Assert.That(page.Header("Location"), Does.StartWith("/ui/sign-in"));
    }

    [TestCase(ReadAccess.Open)]
    [TestCase(ReadAccess.Private)]
    [TestCase(ReadAccess.All)]
    public async Task A_page_for_users_asks_after_the_end_of_the_session_to_sign_in_and_leads_back(ReadAccess access)
    {
        await using var server = await StartServerAsync(access);
        using var browser = new PageClient(server);
        await browser.SignInAsync();
        Clock.Advance(TimeSpan.FromMinutes(30));
        var page = await browser.OpenAsync("/ui/add?q=a%20b&os=smartos");
        var form = await browser.OpenAsync(page.Header("Location")!);
        var again = await browser.SignInAsync(returnTo: page.Header("Location")!.Split("return=")[1]);
        Assert.That(page.Header("Location"), Is.EqualTo("/ui/sign-in?return=%2Fui%2Fadd%3Fq%3Da%2520b%26os%3Dsmartos"));
        Assert.That(form.Text, Does.Contain("Your session has ended"));
        Assert.That(again.Header("Location"), Is.EqualTo("/ui/add?q=a%20b&os=smartos"));
    }

    [Test]
    public async Task A_browser_whose_session_has_ended_sees_what_strangers_see()
    {
        await Browser.SignInAsync();
        Clock.Advance(TimeSpan.FromMinutes(30));
        var page = await Browser.OpenAsync("/");
        Assert.That((page.Status, page.Text.Contains("Sign out", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.OK, false)));
    }

    [TestCase("/", 200)]
    [TestCase("/ui/add", 302)]
    [TestCase("/ui/sign-in", 200)]
    public async Task The_cookie_of_another_server_on_the_same_host_is_kept(string path, int status)
    {
        Browser.Session = "of-another-server";
        var page = await Browser.OpenAsync(path);
        Assert.That(((int)page.Status, Browser.Session), Is.EqualTo((status, "of-another-server")));
    }

    [TestCase(ReadAccess.Open, 200)]
    [TestCase(ReadAccess.Private, 200)]
    [TestCase(ReadAccess.All, 302)]
    public async Task A_stranger_is_asked_to_sign_in_where_the_API_asks_for_credentials(ReadAccess access, int status)
    {
        await using var server = await StartServerAsync(access);
        using var browser = new PageClient(server);
        Assert.That((int)(await browser.OpenAsync("/")).Status, Is.EqualTo(status));
    }

    [TestCase(ReadAccess.Open)]
    [TestCase(ReadAccess.Private)]
    [TestCase(ReadAccess.All)]
    public async Task A_user_who_is_signed_in_sees_private_images_that_strangers_do_not(ReadAccess access)
    {
        await using var server = await StartServerAsync(access);
        await server.Admin.PublishAsync(("name", "hidden-image"), ("public", false));
        using var browser = new PageClient(server);
        await browser.SignInAsync();
        Assert.That((await browser.OpenAsync("/")).Text, Does.Contain("hidden-image"));
    }

    [Test]
    public async Task A_page_with_an_authorization_header_ignores_the_cookie()
    {
        await Browser.SignInAsync();
        var page = await Browser.OpenAsync("/", ("Authorization", TestServer.Basic("admin", "wrong").ToString()));
        Assert.That(page.Status, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    /// <summary>Signs in through a proxy with TLS: the browser would not send a secure cookie over plain HTTP.</summary>
    private sealed class ProxiedForm(PageClient browser)
    {
        public async Task<Answer> SignInAsync(string scheme)
        {
            var form = await browser.OpenAsync("/ui/sign-in", ("X-Forwarded-Proto", scheme));
            var cookie = form.Header("Set-Cookie")!.Split(';')[0];
            return await browser.SendFormAsync(
                "/ui/sign-in",
                [("name", TestServer.User), ("password", TestServer.Password), ("__RequestVerificationToken", PageClient.FormToken(form))],
                ("X-Forwarded-Proto", scheme), ("Cookie", cookie));
        }
    }
}
