using System.Collections.Concurrent;
using ImgApi.Tests.Support;
using Microsoft.Playwright;

namespace ImgApi.Tests.Clients.Pages;

/// <summary>
/// Tests of pages in Chromium, with one server and one browser for all tests of a fixture. Each test fails if the browser reports an error, such as a
/// violation of the Content-Security-Policy, or if a part of a page cannot be loaded.
/// </summary>
[Category("Slow")]
internal abstract class PageFixture
{
    private static readonly string Axe = Path.Combine(Repository.Root, "ImgApi.Tests", "node", "node_modules", "axe-core", "axe.min.js");

    // Only a hang takes that long.
    private const int PatienceMilliseconds = 120_000;

    private readonly ConcurrentQueue<string> _errors = new();
    private Chromium _chromium = null!;

    protected TestServer Server { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        Assertions.SetDefaultExpectTimeout(PatienceMilliseconds);
        _chromium = await Chromium.StartAsync();
        Server = await StartServerAsync();
        await FillAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (Server is not null)
        {
            await Server.DisposeAsync();
        }

        if (_chromium is not null)
        {
            await _chromium.DisposeAsync();
        }
    }

    [TearDown]
    public async Task CloseAsync()
    {
        foreach (var context in _chromium.Browser.Contexts.ToArray())
        {
            await context.CloseAsync();
        }

        var errors = _errors.ToArray();
        _errors.Clear();
        Assert.That(errors, Is.Empty);
    }

    protected virtual Task<TestServer> StartServerAsync() => TestServer.StartAsync();

    /// <summary>Creates the images of the fixture.</summary>
    protected virtual Task FillAsync() => Task.CompletedTask;

    /// <summary>Whether the tests send requests from scripts that the server refuses.</summary>
    protected virtual bool ExpectsRefusals => false;

    /// <summary>The address at which the browser reaches the server.</summary>
    protected virtual Uri Address => Server.Address;

    /// <summary>Opens a path in a window of its own.</summary>
    protected async Task<IPage> OpenAsync(string path, BrowserNewContextOptions? options = null)
    {
        var context = await _chromium.Browser.NewContextAsync(options);
        context.SetDefaultTimeout(PatienceMilliseconds);
        var page = await context.NewPageAsync();
        page.Console += (_, message) => Note(message.Type == "error" && !message.Text.StartsWith("Failed to load", StringComparison.Ordinal), message.Text);
        page.PageError += (_, error) => Note(true, error);
        page.Response += (_, answer) => Note(answer.Status >= 400 && answer.Request.ResourceType != "document" && !ExpectsRefusals, $"{answer.Status} {answer.Url}");
        await page.GotoAsync(Url(path));
        return page;
    }

    /// <summary>Fails if a page breaks a rule for accessibility.</summary>
    protected static async Task AssertAccessibleAsync(IPage page)
    {
        if (!File.Exists(Axe))
        {
            Tools.Missing("the npm packages are not installed: npm ci --prefix ImgApi.Tests/node");
        }

        await page.EvaluateAsync(await File.ReadAllTextAsync(Axe));
        var violations = await page.EvaluateAsync<string[]>(
            "axe.run().then(found => found.violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.failureSummary} ${node.html}`)))");
        Assert.That(violations, Is.Empty);
    }

    /// <summary>For documents that are not pages of this server.</summary>
    protected void IgnoreErrors() => _errors.Clear();

    protected string Url(string path) => Address.ToString().TrimEnd('/') + path;

    protected static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);

    /// <summary>The rows on the page of images.</summary>
    protected static ILocator Rows(IPage page) => page.Locator(".rows > li");

    /// <summary>The options of a window in which pages have no scripts.</summary>
    protected static BrowserNewContextOptions WithoutScripts => new() { JavaScriptEnabled = false };

    /// <summary>The options of a window whose requests have the credentials of the configured user.</summary>
    protected static BrowserNewContextOptions AsOperator => new()
    {
        ExtraHTTPHeaders = [KeyValuePair.Create("Authorization", TestServer.Basic(TestServer.User, TestServer.Password).ToString())],
    };

    private void Note(bool isError, string text)
    {
        if (isError)
        {
            _errors.Enqueue(text);
        }
    }
}
