using ImgApi.Tests.Support;
using Microsoft.Playwright;

namespace ImgApi.Tests.Clients.Pages;

/// <summary>The page of the audit in a browser.</summary>
[TestFixture]
internal sealed class AuditPageTests : PageFixture
{
    private string _uuid = null!;

    protected override async Task FillAsync() => _uuid = await Server.Admin.PublishAsync(("name", "web"));

    [Test]
    public async Task An_administrator_finds_who_activated_an_image_from_the_page_of_the_server_without_scripts()
    {
        var options = AsOperator;
        options.JavaScriptEnabled = false;
        var page = await OpenAsync("/ui/server", options);
        await page.GetByRole(AriaRole.Link, new() { Name = "Audit" }).ClickAsync();
        await page.GetByLabel("Action").FillAsync("activate");
        await page.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        var row = page.Locator("tbody > tr");
        await Expect(row).ToHaveCountAsync(1);
        await Expect(row).ToContainTextAsync(TestServer.User);
        await Expect(row).ToContainTextAsync("unactivated → active");
        await row.GetByRole(AriaRole.Link).ClickAsync();
        await page.WaitForURLAsync(Url($"/ui/images/{_uuid}"));
    }
}
