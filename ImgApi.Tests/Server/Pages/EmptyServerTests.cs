using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Pages;

/// <summary>The page of images without an image.</summary>
[TestFixture]
internal sealed class EmptyServerTests
{
    private TestServer _server = null!;
    private PageClient _browser = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _server = await TestServer.StartAsync();
        _browser = new PageClient(_server);
    }

    [TearDown]
    public async Task StopAsync()
    {
        _browser.Dispose();
        await _server.DisposeAsync();
    }

    [Test]
    public async Task A_stranger_is_led_to_the_sign_in() => Assert.That(
        (await _browser.OpenAsync("/")).Text, Does.Contain("There is no image here yet.").And.Contains("Sign in to add one").And.Not.Contains("Add an image"));

    [Test]
    public async Task A_user_who_is_signed_in_is_led_to_the_page_that_adds_images()
    {
        await _browser.SignInAsync();
        Assert.That((await _browser.OpenAsync("/?q=&os=")).Text, Does.Contain("There is no image here yet.").And.Contains("/ui/add\">Add an image</a>"));
    }

    [Test]
    public async Task A_search_that_finds_nothing_leads_to_all_images() =>
        Assert.That((await _browser.OpenAsync("/?q=x")).Text, Does.Contain("No image was found.").And.Contains("Show all images"));
}
