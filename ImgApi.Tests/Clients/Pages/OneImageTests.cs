using ImgApi.Tests.Support;
using Microsoft.Playwright;

namespace ImgApi.Tests.Clients.Pages;

/// <summary>The page of one image.</summary>
[TestFixture]
internal sealed class OneImageTests : PageFixture
{
    private string _origin = "";
    private string _uuid = "";
    private string _child = "";

    protected override async Task FillAsync()
    {
        _origin = await Server.Admin.PublishAsync(("name", "minimal"), ("public", true));
        _uuid = await Server.Admin.PublishAsync(
            ("name", "web"), ("version", "1.2"), ("public", true), ("origin", _origin), ("description", "Serves\npages"),
            ("homepage", "https://example.com/web"), ("tags", new { role = "webserver", sizes = new[] { 1, 2 } }),
            ("requirements", new { min_ram = 2048, networks = new[] { new { name = "net0", description = "public" } } }));
        _child = await Server.Admin.PublishAsync(("name", "shop"), ("public", true), ("origin", _uuid));
    }

    [TestCase("role")]
    [TestCase("webserver")]
    [TestCase("2048")]
    [TestCase("net0")]
    [TestCase("gzip")]
    [TestCase("Published at")]
    public async Task The_page_shows_the_fields_of_the_manifest(string text)
    {
        var page = await OpenAsync($"/ui/images/{_uuid}", WithoutScripts);
        await Expect(page.Locator(".fields").GetByText(text, new() { Exact = true }).First).ToBeVisibleAsync();
    }

    [Test]
    public async Task The_homepage_is_a_link()
    {
        var page = await OpenAsync($"/ui/images/{_uuid}");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "https://example.com/web" })).ToHaveAttributeAsync("rel", "noreferrer");
    }

    [Test]
    public async Task The_origin_is_a_link()
    {
        var page = await OpenAsync($"/ui/images/{_uuid}");
        await page.GetByRole(AriaRole.Link, new() { Name = "minimal 1.0.0" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(Url($"/ui/images/{_origin}"));
    }

    [Test]
    public async Task The_dependent_image_is_a_link()
    {
        var page = await OpenAsync($"/ui/images/{_uuid}");
        await page.GetByRole(AriaRole.Link, new() { Name = "shop 1.0.0" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(Url($"/ui/images/{_child}"));
    }

    [TestCase("Download the file", "web-1.2.zfs.gz")]
    [TestCase("Download the manifest", "web-1.2.imgmanifest")]
    public async Task A_download_has_the_name_that_the_client_gives_it(string link, string name)
    {
        var page = await OpenAsync($"/ui/images/{_uuid}");
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = link }).ClickAsync());
        Assert.That(download.SuggestedFilename, Is.EqualTo(name));
    }

    [Test]
    public async Task A_button_copies_the_command_that_imports_the_image()
    {
        var page = await OpenAsync($"/ui/images/{_uuid}", new() { Permissions = ["clipboard-read", "clipboard-write"] });
        await page.Locator("button[data-copies=import]").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Copied");
        Assert.That(await page.EvaluateAsync<string>("navigator.clipboard.readText()"), Is.EqualTo($"imgadm import {_uuid}"));
    }

    [Test]
    public async Task Where_the_browser_does_not_copy_the_command_is_selected()
    {
        var page = await OpenAsync("/");
        await page.AddInitScriptAsync("Object.defineProperty(navigator, 'clipboard', { value: undefined })");
        await page.GotoAsync(Url($"/ui/images/{_uuid}"));
        await page.Locator("button[data-copies=source]").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Selected, now press Ctrl+C");
        Assert.That(await page.EvaluateAsync<string>("getSelection().toString()"), Is.EqualTo($"imgadm sources -a {Url("")}"));
    }

    [TestCase("127.0.0.1", 1)]
    [TestCase(Chromium.OtherName, 0)]
    public async Task The_page_warns_that_other_machines_do_not_reach_an_address_of_this_one(string host, int warnings)
    {
        var page = await OpenAsync("/");
        await page.GotoAsync(Url($"/ui/images/{_uuid}").Replace("127.0.0.1", host));
        await Expect(page.Locator("#source")).ToContainTextAsync($"//{host}:");
        await Expect(page.GetByText("Other machines cannot reach the address")).ToHaveCountAsync(warnings);
    }

    [Test]
    public async Task The_example_machine_has_the_memory_that_the_image_requires()
    {
        var page = await OpenAsync($"/ui/images/{_uuid}");
        await Expect(page.Locator("#machine")).ToContainTextAsync("\"max_physical_memory\": 2048");
    }

    [Test]
    public async Task An_unknown_image_is_a_page_with_a_way_back()
    {
        var page = await OpenAsync("/ui/images/00000000-0000-4000-8000-000000000000");
        await Expect(page.GetByRole(AriaRole.Heading)).ToHaveTextAsync("image 00000000-0000-4000-8000-000000000000 not found");
        await page.GetByRole(AriaRole.Link, new() { Name = "All images" }).ClickAsync();
        await Expect(Rows(page)).ToHaveCountAsync(3);
    }
}
