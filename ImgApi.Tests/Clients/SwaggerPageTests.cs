using System.Text.RegularExpressions;
using ImgApi.Tests.Support;
using Microsoft.Playwright;

namespace ImgApi.Tests.Clients;

/// <summary>The page <c>/swagger</c> in Chromium.</summary>
[TestFixture]
[Category("Slow")]
internal sealed class SwaggerPageTests
{
    private TestServer _server = null!;
    private Chromium _chromium = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _chromium = await Chromium.StartAsync();
        _server = await TestServer.StartAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        if (_chromium is not null)
        {
            await _chromium.DisposeAsync();
        }
    }

    [Test]
    public async Task A_user_logs_in_and_creates_an_image_on_the_page()
    {
        var page = await _chromium.Browser.NewPageAsync();
        var errors = new List<string>();
        page.Console += (_, message) => errors.AddRange(message.Type == "error" ? [message.Text] : []);
        page.RequestFailed += (_, request) => errors.Add($"failed: {request.Url}");
        await page.GotoAsync(new Uri(_server.Address, "/swagger").ToString());
        await AuthorizeAsync(page);
        var answer = await CreateAsync(page);
        Assert.Multiple(async () =>
        {
            Assert.That(answer, Does.Contain("\"state\": \"unactivated\""));
            Assert.That((await _server.Admin.GetAnswerAsync("/images?state=all")).Json.GetArrayLength(), Is.EqualTo(1));
            Assert.That(errors, Is.Empty);
        });
        var screenshot = Path.Combine(TestContext.CurrentContext.WorkDirectory, "swagger.png");
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = screenshot, FullPage = true });
        TestContext.AddTestAttachment(screenshot);
    }

    [TestCase("update", "\"tags\"")]
    [TestCase("import", "\"uuid\": \"43ca32a1")]
    public async Task The_page_shows_the_example_of_the_chosen_action(string action, string part)
    {
        var operation = await ChooseAsync(action);
        await Assertions.Expect(operation.Locator("textarea.body-param__text")).ToHaveValueAsync(new Regex(Regex.Escape(part)));
    }

    [Test]
    public async Task The_page_shows_an_empty_body_for_an_action_without_body()
    {
        var operation = await ChooseAsync("update", "activate");
        await Assertions.Expect(operation.Locator("textarea.body-param__text")).ToHaveValueAsync("{}");
    }

    private async Task<ILocator> ChooseAsync(params string[] actions)
    {
        var page = await _chromium.Browser.NewPageAsync();
        await page.GotoAsync(new Uri(_server.Address, "/swagger").ToString());
        var operation = await OpenAsync(page, "ImageAction");
        foreach (var action in actions)
        {
            await operation.Locator("tr[data-param-name=action] select").SelectOptionAsync(action);
        }

        return operation;
    }

    private static async Task AuthorizeAsync(IPage page)
    {
        await page.Locator("button.authorize").First.ClickAsync();
        var dialog = page.Locator(".dialog-ux");
        await dialog.Locator("input[type=text], input[name=username]").First.FillAsync(TestServer.User);
        await dialog.Locator("input[type=password]").FillAsync(TestServer.Password);
        await dialog.Locator("button.authorize").First.ClickAsync();
        await dialog.Locator("button.btn-done").First.ClickAsync();
    }

    private static async Task<ILocator> OpenAsync(IPage page, string operationId)
    {
        var operation = page.Locator($".opblock[id$='-{operationId}']");
        await operation.Locator(".opblock-summary").ClickAsync();
        await operation.Locator("button.try-out__btn").ClickAsync();
        return operation;
    }

    private static async Task<string> CreateAsync(IPage page)
    {
        var operation = await OpenAsync(page, "CreateImage");
        await operation.Locator("button.execute").ClickAsync();
        var body = operation.Locator(".live-responses-table .response-col_description pre").First;
        await body.WaitForAsync();
        return await body.InnerTextAsync();
    }
}
