using System.Net;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Security.Abuse;

/// <summary>Forms that other sites make a browser send, and addresses that lead away from this server after the sign-in.</summary>
[TestFixture]
[Category("Abuse")]
internal sealed class ForgedFormTests
{
    private TestServer _server = null!;
    private PageClient _browser = null!;

    [OneTimeSetUp]
    public async Task StartServerAsync() => _server = await TestServer.StartAsync();

    [OneTimeTearDown]
    public async Task StopServerAsync() => await _server.DisposeAsync();

    [SetUp]
    public void OpenBrowser() => _browser = new PageClient(_server);

    [TearDown]
    public void CloseBrowser() => _browser.Dispose();

    private static (string, string)[] Fields(params (string, string)[] more) => [("name", TestServer.User), ("password", TestServer.Password), .. more];

    [Test]
    public async Task A_sign_in_without_the_token_of_the_form_is_refused()
    {
        await _browser.OpenAsync("/ui/sign-in");
        var answer = await _browser.SendFormAsync("/ui/sign-in", Fields());
        Assert.That((answer.Status, _browser.Session), Is.EqualTo((HttpStatusCode.BadRequest, (string?)null)));
    }

    [Test]
    public async Task A_sign_in_with_a_token_that_another_browser_got_is_refused()
    {
        using var attacker = new PageClient(_server);
        var token = PageClient.FormToken(await attacker.OpenAsync("/ui/sign-in"));
        await _browser.OpenAsync("/ui/sign-in");
        var answer = await _browser.SendFormAsync("/ui/sign-in", Fields(("__RequestVerificationToken", token)));
        Assert.That((answer.Status, _browser.Session), Is.EqualTo((HttpStatusCode.BadRequest, (string?)null)));
    }

    [Test]
    public async Task A_sign_out_without_the_token_of_the_form_does_not_end_the_session()
    {
        await _browser.SignInAsync();
        var answer = await _browser.SendFormAsync("/ui/sign-out", [("x", "y")]);
        Assert.That(((int)answer.Status, (await _browser.OpenAsync("/")).Text.Contains("Sign out", StringComparison.Ordinal)), Is.EqualTo((400, true)));
    }

    [Test]
    public async Task A_sign_out_that_another_site_sends_without_the_cookie_does_not_delete_the_cookie() =>
        Assert.That((await _browser.SendFormAsync("/ui/sign-out", [("x", "y")])).Header("Set-Cookie"), Is.Null);

    [TestCase("//evil.example")]
    [TestCase("///evil.example")]
    [TestCase("/\\evil.example")]
    [TestCase("\\\\evil.example")]
    [TestCase("https:evil.example")]
    [TestCase("https://evil.example/")]
    [TestCase("HTTPS:/evil.example")]
    [TestCase("javascript:alert(1)")]
    [TestCase("%2F%2Fevil.example")]
    [TestCase("%252F%252Fevil.example")]
    [TestCase("/%5Cevil.example")]
    [TestCase("/%09/evil.example")]
    [TestCase("%09//evil.example")]
    [TestCase("/%0d%0aLocation:%20https://evil.example")]
    [TestCase("/ui/%0d%0aSet-Cookie:%20x=y")]
    [TestCase("%20//evil.example")]
    [TestCase("~//evil.example")]
    [TestCase("@evil.example")]
    [TestCase(".evil.example")]
    [TestCase("/ui/%C3%A4")]
    [TestCase("/ui/sign-in?return=/ui/sign-in")]
    [TestCase("/images?action=x")]
    public async Task An_address_that_is_not_a_page_of_this_server_leads_to_the_first_page_after_the_sign_in(string address) =>
        Assert.That((await _browser.SignInAsync(returnTo: address)).Header("Location"), Is.EqualTo("/"));

    [TestCase("/ui/server", "/ui/server")]
    [TestCase("%2F%3Fq%3Da%2520b%26os%3Dsmartos", "/?q=a%20b&os=smartos")]
    [TestCase("/ui/images/aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa", "/ui/images/aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa")]
    public async Task A_user_returns_to_a_page_of_this_server_after_the_sign_in(string address, string location) =>
        Assert.That((await _browser.SignInAsync(returnTo: address)).Header("Location"), Is.EqualTo(location));
}
