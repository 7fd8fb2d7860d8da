using System.Text.RegularExpressions;
using ImgApi.Api.Configuration;
using ImgApi.Tests.Support;
using Microsoft.Playwright;

namespace ImgApi.Tests.Clients.Pages;

/// <summary>What a browser shows to a stranger with each value of <c>readAuth</c>.</summary>
[TestFixture(ReadAccess.Open)]
[TestFixture(ReadAccess.Private)]
[TestFixture(ReadAccess.All)]
internal sealed class StrangerPageTests(ReadAccess access) : PageFixture
{
    private const string SignIn = "Sign in";

    private string _shown = "";
    private string _hidden = "";
    private string _draft = "";
    private string _child = "";

    protected override Task<TestServer> StartServerAsync() =>
        TestServer.StartAsync(configure: configuration => configuration with { ReadAccess = access });

    protected override async Task FillAsync()
    {
        _shown = await Server.Admin.PublishAsync(("name", "shown"), ("public", true));
        _hidden = await Server.Admin.PublishAsync(("name", "hidden"), ("public", false));
        _draft = await Server.Admin.CreateAsync(("name", "draft"), ("public", true));
        _child = await Server.Admin.PublishAsync(("name", "child"), ("public", true), ("origin", _hidden));
        await Server.Admin.PutAnswerAsync($"/images/{_shown}/icon", Requests.Bytes(Samples.Disc, "image/png"));
    }

    /// <summary>What is expected with the value of the fixture.</summary>
    private T On<T>(T open, T @private, T all) => access switch
    {
        ReadAccess.Open => open,
        ReadAccess.Private => @private,
        _ => all,
    };

    private string Fill(string text) =>
        text.Replace("{shown}", _shown).Replace("{hidden}", _hidden).Replace("{draft}", _draft);

    [TestCase("/", "Images", "Images", SignIn)]
    [TestCase("/ui/images/{shown}", "shown 1.0.0", "shown 1.0.0", SignIn)]
    [TestCase("/ui/images/{hidden}", "hidden 1.0.0", "image {hidden} not found", SignIn)]
    [TestCase("/ui/images/{draft}", "draft 1.0.0", "draft 1.0.0", SignIn)]
    [TestCase("/ui/images/{shown}/edit", SignIn, SignIn, SignIn)]
    [TestCase("/ui/add", SignIn, SignIn, SignIn)]
    [TestCase("/ui/import", SignIn, SignIn, SignIn)]
    [TestCase("/ui/server", "Server", "Server", "Server")]
    [TestCase("/ui/audit", SignIn, SignIn, SignIn)]
    [TestCase("/ui/nothing", "/ui/nothing does not exist", "/ui/nothing does not exist", "/ui/nothing does not exist")]
    public async Task A_stranger_sees_the_page_or_the_sign_in_or_that_there_is_no_such_image(string path, string open, string @private, string all)
    {
        var page = await OpenAsync(Fill(path));
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(Fill(On(open, @private, all)));
    }

    [Test]
    public async Task A_stranger_sees_the_active_images_that_are_not_hidden()
    {
        var page = await OpenAsync("/");
        await Expect(page.Locator(".what a")).ToHaveTextAsync(
            On<string[]>(["child 1.0.0", "hidden 1.0.0", "shown 1.0.0"], ["child 1.0.0", "shown 1.0.0"], []));
    }

    [TestCase("hidden")]
    [TestCase("{hidden}")]
    public async Task A_search_of_a_stranger_finds_a_private_image_only_if_all_reads_are_open(string words)
    {
        var page = await OpenAsync("/?q=" + Fill(words));
        await Expect(Rows(page)).ToHaveCountAsync(On(1, 0, 0));
    }

    [Test]
    public async Task The_navigation_offers_a_stranger_nothing_that_needs_a_user()
    {
        var page = await OpenAsync("/ui/server");
        await Expect(page.Locator("header a:not(.brand)")).ToHaveTextAsync(["Images", "Server", "API", SignIn]);
    }

    [Test]
    public async Task The_page_of_an_image_offers_a_stranger_no_change()
    {
        var page = await OpenAsync($"/ui/images/{_shown}");
        await Expect(page.Locator("main h2")).ToHaveTextAsync(On<string[]>(["Install", "Files", "Manifest"], ["Install", "Files", "Manifest"], []));
    }

    [Test]
    public async Task A_stranger_sees_the_name_of_a_private_origin_only_if_all_reads_are_open()
    {
        var page = await OpenAsync($"/ui/images/{_child}");
        await Expect(page.Locator("section:has(#origins) li")).ToHaveTextAsync(On<string[]>(["hidden 1.0.0"], [$"{_hidden}, which is not here"], []));
    }

    [Test]
    public async Task The_icon_of_a_public_image_is_painted_for_a_stranger_unless_all_reads_need_credentials()
    {
        var page = await OpenAsync($"/ui/images/{_shown}");
        Assert.That(await page.EvaluateAsync<int>("document.querySelector('.title img')?.naturalWidth ?? 0"), Is.EqualTo(On(32, 32, 0)));
    }

    [Test]
    public async Task A_stranger_downloads_a_public_file_unless_all_reads_need_credentials()
    {
        var page = await OpenAsync($"/ui/images/{_shown}");
        var link = page.GetByRole(AriaRole.Link, new() { Name = "Download the file" });
        await Expect(link).ToHaveCountAsync(On(1, 1, 0));
        if (access != ReadAccess.All)
        {
            var download = await page.RunAndWaitForDownloadAsync(() => link.ClickAsync());
            Assert.That(await File.ReadAllBytesAsync((await download.PathAsync())!), Is.EqualTo((await Server.Admin.GetAnswerAsync($"/images/{_shown}/file")).Bytes));
        }
    }

    [Test]
    public async Task A_stranger_sees_on_the_page_of_the_server_what_metrics_and_the_list_of_images_show()
    {
        var page = await OpenAsync("/ui/server");
        await Expect(page.Locator("main section > h2")).ToHaveTextAsync(
            On<string[]>(["State", "Last 24 hours", "Stored"], ["State", "Stored"], ["State"]).Select(title => new Regex(title)));
    }

    [Test]
    public async Task A_stranger_sees_the_bytes_of_names_that_are_listed()
    {
        var page = await OpenAsync("/ui/server");
        await Expect(page.Locator(".bars tbody th")).ToHaveTextAsync(On<string[]>(["child", "hidden", "shown"], ["child", "shown"], []));
    }
}
