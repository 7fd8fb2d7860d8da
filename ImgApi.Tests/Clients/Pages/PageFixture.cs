using ImgApi.Tests.Support;
using Microsoft.Playwright;

namespace ImgApi.Tests.Clients.Pages;

/// <summary>
/// A server, and its pages in Chromium. Each test has a browser profile of its own. A test fails if a script fails, or if the page does
/// something that its Content-Security-Policy forbids.
/// </summary>
[TestFixture]
[Category("Slow")]
internal abstract class PageFixture
{
    private readonly List<string> _errors = [];
    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;

    protected TestServer Server { get; private set; } = null!;

    protected IPage Page { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task StartBrowserAsync()
    {
        var chromium = Tools.Require("chromium", "chromium");
        Server = await StartServerAsync();
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    [OneTimeTearDown]
    public async Task StopBrowserAsync()
    {
        if (_browser is not null)
        {
            await _browser.CloseAsync();
        }

        _playwright?.Dispose();
        if (Server is not null)
        {
            await Server.DisposeAsync();
        }
    }

    [SetUp]
    public async Task OpenProfileAsync()
    {
        _errors.Clear();
        Page = await NewPageAsync(new BrowserNewContextOptions());
    }

    [TearDown]
    public async Task CloseProfileAsync()
    {
        await Page.Context.CloseAsync();
        Assert.That(_errors, Is.Empty);
    }

    protected virtual Task<TestServer> StartServerAsync() => TestServer.StartAsync();

    /// <summary>A page in a new profile, which the caller closes with its context.</summary>
    protected async Task<IPage> NewPageAsync(BrowserNewContextOptions options)
    {
        options.BaseURL = Server.Address.ToString();
        var page = await (await _browser.NewContextAsync(options)).NewPageAsync();
        page.PageError += (_, error) => _errors.Add(error);
        // A refused request is the business of the test.
        page.Console += (_, message) => _errors.AddRange(
            message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal) ? [message.Text] : []);
        return page;
    }

    /// <summary>Signs in as the user of the server, and opens a page.</summary>
    protected Task SignInAsync(string path = "/") => SignInAsync(Page, path);

    protected static async Task SignInAsync(IPage page, string path = "/")
    {
        await page.GotoAsync($"/ui/sign-in?return={Uri.EscapeDataString(path)}");
        await page.GetByLabel("Name").FillAsync(TestServer.User);
        await page.GetByLabel("Password").FillAsync(TestServer.Password);
        await page.Locator("main").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Sign in" }).ClickAsync();
    }

    protected ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = name, Exact = true });

    protected ILocator Link(string name) => Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = name, Exact = true });

    protected static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);
}
