using ImgApi.Tests.Support;

namespace ImgApi.Tests.Clients.Pages;

/// <summary>The page that imports images from another server.</summary>
[TestFixture]
internal sealed class ImportPageTests : WritingFixture
{
    private TestServer _other = null!;
    private ImageChain _images = null!;

    [OneTimeSetUp]
    public async Task StartOtherAsync()
    {
        _other = await TestServer.StartAsync();
        _images = await ImageChain.PublishAsync(_other.Admin);
        await _other.Admin.PublishAsync(("name", "unrelated"));
    }

    [OneTimeTearDown]
    public async Task StopOtherAsync() => await _other.DisposeAsync();

    private async Task SearchAsync(string words, Uri? server = null)
    {
        await SignInAsync("/ui/import");
        await Page.GetByLabel("Server").FillAsync((server ?? _other.Address).ToString());
        await Page.GetByLabel("Words").FillAsync(words);
        await Button("Search").ClickAsync();
    }

    [Test]
    public async Task The_images_of_another_server_are_found_by_words_in_any_case()
    {
        await SearchAsync("TOP image");
        await Expect(Page.Locator("#count")).ToHaveTextAsync("1 image");
        await Expect(Page.Locator("#found")).ToContainTextAsync(_images.Top);
    }

    [Test]
    public async Task The_name_of_an_image_that_was_found_has_half_of_the_width()
    {
        await SearchAsync("unrelated");
        await Page.SetViewportSizeAsync(1200, 800);
        var (row, name) = ((await Rows(Page).BoundingBoxAsync())!, (await Rows(Page).Locator(".what").BoundingBoxAsync())!);
        Assert.That(name.Width, Is.GreaterThan(row.Width / 2));
    }

    [Test]
    public async Task An_image_is_imported_with_its_origins()
    {
        await SearchAsync("top");
        await Button("Import").ClickAsync();
        await Expect(Link("is here")).ToBeVisibleAsync();
        foreach (var uuid in _images.All)
        {
            Assert.That((await Server.Admin.GetAnswerAsync($"/images/{uuid}/file")).Bytes, Is.EqualTo(_images.FileOf(uuid)));
        }
    }

    [Test]
    public async Task A_failed_import_is_reported_beside_its_image()
    {
        var uuid = await _other.Admin.PublishAsync(("name", "vanishing"));
        await SearchAsync("vanishing");
        await _other.Admin.DeleteAnswerAsync($"/images/{uuid}");
        await Button("Import").ClickAsync();
        await Expect(Page.Locator(".import .state")).ToContainTextAsync("not found");
        await Expect(Button("Import")).ToBeEnabledAsync();
    }

    [Test]
    public async Task A_server_that_cannot_be_reached_is_reported()
    {
        await SearchAsync("", new Uri("http://127.0.0.1:1"));
        await Expect(Page.GetByRole(Microsoft.Playwright.AriaRole.Alert)).ToContainTextAsync("127.0.0.1:1");
    }

    [Test]
    public async Task A_password_in_the_URL_of_the_server_is_refused()
    {
        await SearchAsync("", new UriBuilder(_other.Address) { UserName = "bob", Password = "pw" }.Uri);
        await Expect(Page.GetByRole(Microsoft.Playwright.AriaRole.Alert)).ToContainTextAsync("A password does not belong");
    }

    [Test]
    public async Task Names_of_a_hostile_server_are_text()
    {
        var manifest = $$"""[{"uuid":"{{Uuid.New()}}","name":"<img src=x onerror=alert(1)>","version":"<script>alert(1)</script>","state":"active"}]""";
        await using var hostile = ScriptedServer.Saying("200 OK\r\nContent-Type: application/json", manifest);
        await SearchAsync("", hostile.Address);
        await Expect(Page.Locator("#found strong")).ToHaveTextAsync("<img src=x onerror=alert(1)> <script>alert(1)</script>");
    }
}
