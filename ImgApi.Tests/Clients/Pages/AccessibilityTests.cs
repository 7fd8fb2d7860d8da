using ImgApi.Tests.Documents;
using ImgApi.Tests.Support;
using Microsoft.Playwright;

namespace ImgApi.Tests.Clients.Pages;

/// <summary>Pages for people who use a keyboard, a screen reader, a phone or a dark screen. axe-core knows the rules of WCAG.</summary>
[TestFixture]
internal sealed class AccessibilityTests : PageFixture
{
    private static readonly string[] Pictures =
    [
        "images", "images-dark", "images-phone", "image", "edit", "add", "import", "sign-in", "server", "server-dark", "server-phone", "audit",
    ];

    private TestServer _other = null!;

    protected override Uri Address => new UriBuilder(Server.Address) { Host = Chromium.OtherName }.Uri;

    private readonly Dictionary<string, string> _paths = new()
    {
        ["images"] = "/",
        ["server"] = "/ui/server",
        ["audit"] = "/ui/audit",
        ["add"] = "/ui/add",
        ["sign-in"] = "/ui/sign-in",
        ["error"] = "/ui/nothing",
    };

    protected override Task<TestServer> StartServerAsync() =>
        TestServer.StartAsync(configure: configuration => configuration with { Host = Chromium.OtherName });

    [OneTimeTearDown]
    public async Task StopOtherAsync() => await _other.DisposeAsync();

    protected override async Task FillAsync()
    {
        _other = await TestServer.StartAsync();
        await PublishAsync(_other, null, ("name", "base-64"), ("version", "24.4.1"));
        await PublishAsync(_other, null, ("name", "debian-12"), ("version", "20250407"), ("type", "lx-dataset"), ("os", "linux"));
        _paths["import"] = $"/ui/import?source={_other.Address}";
        var origin = await PublishAsync(Server, null, ("name", "minimal-64"), ("version", "24.4.1"));
        var web = await PublishAsync(
            Server, origin, ("name", "web"), ("version", "1.2"), ("description", "A web server with the usual modules"),
            ("homepage", "https://example.com/web"), ("tags", new { role = "webserver" }), ("requirements", new { min_ram = 2048 }));
        await Server.Admin.PutAnswerAsync($"/images/{web}/icon", Requests.Bytes(Samples.Disc, "image/png"));
        await PublishAsync(Server, web, ("name", "web"), ("version", "1.3"));
        await PublishAsync(Server, null, ("name", "ubuntu"), ("version", "24.04"), ("type", "lx-dataset"), ("os", "linux"));
        await Server.Admin.ActAsync(await PublishAsync(Server, null, ("name", "old")), "disable");
        _paths["draft"] = $"/ui/images/{await Server.Admin.CreateAsync(("name", "draft"), ("public", true))}";
        _paths["image"] = $"/ui/images/{web}";
        _paths["edit"] = $"/ui/images/{web}/edit";
    }

    /// <summary>Publishes a public image that machines can install.</summary>
    private static async Task<string> PublishAsync(TestServer server, string? origin, params (string Key, object? Value)[] changes)
    {
        var uuid = await server.Admin.CreateAsync([("public", true), ("origin", origin), .. changes]);
        await server.Admin.UploadAsync(uuid, StreamFiles.Of(origin is null ? "fs-full" : "fs-incr", "gzip"));
        await server.Admin.ActAsync(uuid, "activate");
        return uuid;
    }

    [Test, Combinatorial]
    public async Task A_page_obeys_the_rules_for_accessibility(
        [Values("images", "image", "draft", "edit", "add", "import", "server", "audit", "sign-in", "error")] string name, [Values] bool isDark, [Values] bool isPhone)
    {
        var page = await OpenAsync(_paths[name], Look(isDark, isPhone));
        await AssertAccessibleAsync(page);
        await PaintAsync(page, $"{name}{(isDark ? "-dark" : "")}{(isPhone ? "-phone" : "")}");
    }

    [TestCase("images")]
    [TestCase("image")]
    [TestCase("draft")]
    [TestCase("edit")]
    [TestCase("add")]
    [TestCase("import")]
    [TestCase("server")]
    [TestCase("audit")]
    [TestCase("sign-in")]
    public async Task A_page_fits_on_a_phone(string name)
    {
        var page = await OpenAsync(_paths[name], Look(isDark: false, isPhone: true));
        var (width, window) = (await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), await page.EvaluateAsync<int>("innerWidth"));
        Assert.That(width, Is.LessThanOrEqualTo(window));
    }

    [Test]
    public async Task The_first_key_press_offers_to_skip_the_navigation()
    {
        var page = await OpenAsync("/");
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.Locator(":focus")).ToHaveTextAsync("Skip to content");
    }

    [Test]
    public async Task An_image_is_found_and_opened_by_keyboard()
    {
        var page = await OpenAsync("/");
        await page.GetByRole(AriaRole.Searchbox).FocusAsync();
        await page.Keyboard.TypeAsync("ubuntu");
        await Expect(Rows(page)).ToHaveCountAsync(1);
        var link = page.GetByRole(AriaRole.Link, new() { Name = "ubuntu 24.04" });
        for (var presses = 0; presses < 20 && !await link.EvaluateAsync<bool>("link => link === document.activeElement"); presses++)
        {
            await page.Keyboard.PressAsync("Tab");
        }

        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "ubuntu 24.04" })).ToBeVisibleAsync();
    }

    private static BrowserNewContextOptions Look(bool isDark, bool isPhone)
    {
        var look = AsOperator;
        look.ColorScheme = isDark ? ColorScheme.Dark : ColorScheme.Light;
        look.ViewportSize = isPhone ? new() { Width = 360, Height = 720 } : new() { Width = 1200, Height = 800 };
        return look;
    }

    /// <summary>Takes the pictures of the documentation, when asked to.</summary>
    private static async Task PaintAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable(ApiPageTests.WriteInstead) is not null && Pictures.Contains(name))
        {
            if (name == "import")
            {
                await page.GetByLabel("Server").EvaluateAsync("input => { input.value = 'https://images.example.org' }"); // instead of a random port
            }

            await page.ScreenshotAsync(new() { Path = Path.Combine(Repository.Root, "docs", "pictures", name + ".png") });
        }
    }
}
