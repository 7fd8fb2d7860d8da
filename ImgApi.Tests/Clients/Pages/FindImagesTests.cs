using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using ImgApi.Tests.Support;
using Microsoft.Playwright;

namespace ImgApi.Tests.Clients.Pages;

/// <summary>Finding images on the start page.</summary>
[TestFixture]
internal sealed class FindImagesTests : PageFixture
{
    protected override async Task FillAsync()
    {
        foreach (var version in (string[])["1.0.0", "1.1.0", "2.0.0"])
        {
            await Server.Admin.PublishAsync(("name", "base"), ("version", version), ("public", true));
        }

        await Server.Admin.PublishAsync(
            ("name", "ubuntu-24"), ("type", "lx-dataset"), ("os", "linux"), ("public", true), ("description", "Ubuntu with Cloudinit"),
            ("tags", new { role = "webserver" }));
        await Server.Admin.CreateAsync(("name", "draft"), ("public", true));
    }

    [Test]
    public async Task The_newest_version_of_a_name_has_a_link_to_the_older_ones()
    {
        var page = await OpenAsync("/");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "base 2.0.0" })).ToBeVisibleAsync();
        await Expect(page.GetByText("+2 older")).ToBeVisibleAsync();
    }

    [Test]
    public async Task The_older_versions_open_without_scripts()
    {
        var page = await OpenAsync("/", WithoutScripts);
        await page.GetByText("+2 older").ClickAsync();
        await Expect(Rows(page)).ToContainTextAsync(["base 2.0.0", "base 1.1.0", "base 1.0.0"]);
    }

    [Test]
    public async Task The_list_follows_while_one_types()
    {
        var page = await OpenAsync("/");
        await page.GetByRole(AriaRole.Searchbox).PressSequentiallyAsync("UBU");
        await Expect(Rows(page)).ToContainTextAsync(["ubuntu-24"]);
    }

    [Test]
    public async Task The_list_follows_after_a_pause_with_one_request()
    {
        var page = await OpenAsync("/");
        await page.Clock.InstallAsync(new() { Time = "2026-11-23" });
        await page.Clock.PauseAtAsync("2026-11-24");
        var searches = new ConcurrentQueue<string>();
        await page.RouteAsync("**/?q=*", route =>
        {
            searches.Enqueue(route.Request.Url);
            return route.ContinueAsync();
        });
        await page.GetByRole(AriaRole.Searchbox).PressSequentiallyAsync("ubu");
        await page.Clock.RunForAsync(199);
        var early = searches.ToArray();
        await page.Clock.RunForAsync(1);
        await Expect(Rows(page)).ToContainTextAsync(["ubuntu-24"]);
        Assert.That((early, searches), Is.EqualTo((Array.Empty<string>(), new[] { Url("/?q=ubu") })));
    }

    [Test]
    public async Task The_number_of_images_is_announced_while_one_types()
    {
        var page = await OpenAsync("/");
        await page.GetByRole(AriaRole.Searchbox).PressSequentiallyAsync("ubu");
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("1 image");
    }

    [Test]
    public async Task The_address_holds_the_search_while_one_types()
    {
        var page = await OpenAsync("/");
        await page.GetByRole(AriaRole.Searchbox).PressSequentiallyAsync("ubu");
        await Assertions.Expect(page).ToHaveURLAsync(Url("/?q=ubu"));
    }

    [TestCase("cloudinit ubuntu", "ubuntu-24")]
    [TestCase("webserver", "ubuntu-24")]
    [TestCase("2.0.0", "base 2.0.0")]
    public async Task A_search_finds_words_in_any_case_without_scripts(string words, string found)
    {
        var page = await OpenAsync("/", WithoutScripts);
        await page.GetByRole(AriaRole.Searchbox).FillAsync(words);
        await page.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        await Expect(Rows(page)).ToContainTextAsync([found]);
    }

    [Test]
    public async Task A_filter_narrows_the_list_without_scripts()
    {
        var page = await OpenAsync("/", WithoutScripts);
        await page.GetByLabel("Operating system").SelectOptionAsync("linux");
        await page.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        await Expect(Rows(page)).ToContainTextAsync(["ubuntu-24"]);
    }

    [Test]
    public async Task Back_returns_to_the_search()
    {
        var page = await OpenAsync("/");
        await page.GetByRole(AriaRole.Searchbox).PressSequentiallyAsync("ubu");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("q=ubu$"));
        await page.GetByRole(AriaRole.Link, new() { Name = "ubuntu-24" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "ubuntu-24" }).WaitForAsync();
        await page.GoBackAsync();
        await Expect(page.GetByRole(AriaRole.Searchbox)).ToHaveValueAsync("ubu");
        await Expect(Rows(page)).ToHaveCountAsync(1);
    }

    [Test]
    public async Task A_search_that_is_out_of_date_is_canceled()
    {
        var page = await OpenAsync("/");
        var canceled = new ConcurrentQueue<string>();
        page.RequestFailed += (_, request) => canceled.Enqueue(request.Url);
        // Never answered.
        await page.RouteAsync("**/?q=b", _ => Task.CompletedTask);
        await page.RunAndWaitForRequestAsync(
            () => page.GetByRole(AriaRole.Searchbox).FillAsync("b"), request => request.Url.EndsWith("?q=b", StringComparison.Ordinal));
        await page.GetByRole(AriaRole.Searchbox).FillAsync("ubu");
        await Expect(Rows(page)).ToContainTextAsync(["ubuntu-24"]);
        await Eventually.TrueAsync(() => canceled.Contains(Url("/?q=b")));
    }

    [Test]
    public async Task An_operator_sees_an_unactivated_image_first()
    {
        var page = await OpenAsync("/", AsOperator);
        await Expect(Rows(page).First).ToContainTextAsync(new Regex(@"draft 1\.0\.0\s+unactivated, no file"));
    }

    [Test]
    public async Task A_stranger_does_not_see_unactivated_images()
    {
        var page = await OpenAsync("/?state=all");
        await Expect(Rows(page)).ToContainTextAsync(["ubuntu-24", "base 2.0.0"]);
    }

    [Test]
    public async Task A_search_that_is_too_long_is_refused_in_words()
    {
        var page = await OpenAsync("/?q=" + new string('x', 201));
        await Expect(page.GetByRole(AriaRole.Heading)).ToHaveTextAsync("the search has 201 characters, at most 200 are allowed");
    }
}
