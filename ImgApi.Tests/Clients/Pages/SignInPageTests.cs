using ImgApi.Tests.Support;
using Microsoft.Playwright;

namespace ImgApi.Tests.Clients.Pages;

/// <summary>Signing in and out in a browser.</summary>
[TestFixture]
internal sealed class SignInPageTests : PageFixture
{
    private static async Task FillAsync(IPage page, string password = TestServer.Password)
    {
        await page.GetByLabel("Name").FillAsync(TestServer.User);
        await page.GetByLabel("Password").FillAsync(password);
        await page.GetByLabel("Password").PressAsync("Enter");
    }

    private async Task<IPage> SignInAsync(BrowserNewContextOptions? options = null)
    {
        var page = await OpenAsync("/ui/sign-in", options);
        await FillAsync(page);
        await Expect(SignOut(page)).ToBeVisibleAsync();
        return page;
    }

    private static ILocator SignOut(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Sign out" });

    private static ILocator SignInLink(IPage page) => page.GetByRole(AriaRole.Link, new() { Name = "Sign in", Exact = true });

    [Test]
    public async Task A_user_signs_in_from_a_page_and_returns_to_it([Values] bool hasScripts)
    {
        var page = await OpenAsync("/ui/server", new BrowserNewContextOptions { JavaScriptEnabled = hasScripts });
        await SignInLink(page).ClickAsync();
        await FillAsync(page);
        await Expect(SignOut(page)).ToBeVisibleAsync();
        Assert.That(page.Url, Is.EqualTo(Url("/ui/server")));
    }

    [Test]
    public async Task A_user_signs_out_and_is_a_stranger_again()
    {
        var page = await SignInAsync();
        await SignOut(page).ClickAsync();
        await Expect(SignInLink(page)).ToBeVisibleAsync();
    }

    [Test]
    public async Task A_wrong_password_is_reported_above_the_form()
    {
        var page = await OpenAsync("/ui/sign-in");
        await FillAsync(page, "wrong");
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("Invalid username/password combination");
    }

    [Test]
    public async Task Scripts_cannot_read_the_cookie_of_the_session()
    {
        var page = await SignInAsync();
        Assert.That(await page.EvaluateAsync<string>("document.cookie"), Is.Empty);
    }

    [Test]
    public async Task A_script_of_the_page_creates_an_image_with_the_token_of_the_page()
    {
        var page = await SignInAsync();
        var status = await page.EvaluateAsync<int>("""
            fetch("/images", {
                method: "POST",
                headers: {
                    "Content-Type": "application/json",
                    "Authorization": "Session " + document.querySelector("meta[name=session-token]").content,
                },
                body: JSON.stringify({ name: "scripted", version: "1.0.0", type: "zone-dataset", os: "smartos" }),
            }).then(answer => answer.status)
            """);
        Assert.That(status, Is.EqualTo(200));
    }

    [TestCase("http://evil.example")]
    [TestCase("http://127.0.0.1:9999")]
    public async Task A_form_on_a_page_of_another_origin_does_not_sign_the_user_out(string origin)
    {
        var page = await SignInAsync();
        await SendFromAsync(page, origin, "/ui/sign-out");
        var other = await page.Context.NewPageAsync();
        await other.GotoAsync(Url("/"));
        await Expect(SignOut(other)).ToBeVisibleAsync();
    }

    /// <summary>Sends a form from another origin. The second one of the tests differs only in the port, so the browser sends the cookie.</summary>
    private async Task SendFromAsync(IPage page, string origin, string path)
    {
        await page.RouteAsync($"{origin}/**", route => route.FulfillAsync(new()
        {
            ContentType = "text/html",
            Body = $"<form method=\"post\" action=\"{Url(path)}\"><input name=\"name\" value=\"forged\"><button>Send</button></form>",
        }));
        await page.GotoAsync($"{origin}/");
        await page.RunAndWaitForResponseAsync(() => page.GetByRole(AriaRole.Button).ClickAsync(), answer => answer.Url == Url(path));
    }
}
