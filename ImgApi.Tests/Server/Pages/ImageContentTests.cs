using System.Net;
using ImgApi.Api.Configuration;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Pages;

/// <summary>Icons and downloads of pages, which browsers request with the cookie alone.</summary>
[TestFixture]
internal sealed class ImageContentTests
{
    private TestServer _server = null!;
    private PageClient _browser = null!;
    private string _url = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _server = await TestServer.StartAsync(configure: configuration => configuration with { ReadAccess = ReadAccess.Private });
        var uuid = await _server.Admin.PublishAsync(("public", false));
        await _server.Admin.PutAnswerAsync($"/images/{uuid}/icon", Requests.Bytes("<script>alert(1)</script>"u8.ToArray(), "image/png"));
        _url = $"/ui/images/{uuid}";
        _browser = new PageClient(_server);
        await _browser.SignInAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _browser.Dispose();
        await _server.DisposeAsync();
    }

    [TestCase("icon", "image/png")]
    [TestCase("file", "application/octet-stream")]
    [TestCase("manifest", "application/json")]
    public async Task A_user_who_is_signed_in_gets_the_content_of_a_private_image(string part, string type)
    {
        var answer = await _browser.OpenAsync($"{_url}/{part}");
        Assert.That((answer.Status, answer.Header("Content-Type")), Is.EqualTo((HttpStatusCode.OK, type)));
    }

    [TestCase("icon")]
    [TestCase("file")]
    [TestCase("manifest")]
    public async Task A_user_who_is_signed_in_gets_content_as_part_of_a_page(string part) =>
        Assert.That((await _browser.OpenAsync($"{_url}/{part}", ("Accept", "image/avif,image/*"))).Status, Is.EqualTo(HttpStatusCode.OK));

    [TestCase("icon")]
    [TestCase("file")]
    [TestCase("manifest")]
    public async Task A_stranger_does_not_find_the_content_of_a_private_image(string part)
    {
        using var stranger = new PageClient(_server);
        Assert.That((await stranger.OpenAsync($"{_url}/{part}")).Status, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [TestCase("icon")]
    [TestCase("file")]
    [TestCase("manifest")]
    public async Task Content_does_not_run_as_a_page_of_this_server(string part)
    {
        var answer = await _browser.OpenAsync($"{_url}/{part}");
        Assert.That((answer.Header("Content-Security-Policy"), answer.Header("X-Content-Type-Options")), Is.EqualTo(("sandbox; default-src 'none'", "nosniff")));
    }
}
