using System.Net;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server;

/// <summary>The configuration key <c>pathBase</c>: a prefix of all paths.</summary>
[TestFixture]
internal sealed class PathBaseTests
{
    private TestServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _server = await TestServer.StartAsync(configure: configuration => configuration with { PathBase = "/my/images-x/" });

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [Test]
    public async Task An_image_is_created_and_read_below_the_prefix()
    {
        var created = await _server.Admin.PostAnswerAsync("/my/images-x/images", Requests.Manifest());
        Assert.That((await _server.Anonymous.GetAnswerAsync($"/my/images-x/images/{created.Uuid}")).Uuid, Is.EqualTo(created.Uuid));
    }

    [Test]
    public async Task A_file_is_uploaded_and_downloaded_below_the_prefix()
    {
        var created = await _server.Admin.PostAnswerAsync("/my/images-x/images", Requests.Manifest());
        await _server.Admin.PutAnswerAsync($"/my/images-x/images/{created.Uuid}/file?compression=none", Requests.Bytes([1, 2, 3]));
        await _server.Admin.PostAnswerAsync($"/my/images-x/images/{created.Uuid}?action=activate");
        Assert.That((await _server.Anonymous.GetAnswerAsync($"/my/images-x/images/{created.Uuid}/file")).Bytes, Is.EqualTo(new byte[] { 1, 2, 3 }));
    }

    [Test]
    public async Task A_resumable_upload_continues_below_the_prefix()
    {
        var image = (await _server.Admin.PostAnswerAsync("/my/images-x/images", Requests.Manifest())).Uuid;
        var created = await _server.Admin.PostAnswerAsync(
            $"/my/images-x/images/{image}/file/uploads", null, ResumableUpload.Version, ("Upload-Length", "3"), ("Upload-Metadata", "compression bm9uZQ=="));
        var upload = new ResumableUpload(_server.Admin, created.Header("Location")!);
        Assert.That(upload.Url, Does.StartWith($"{_server.Address}my/images-x/images/{image}/file/uploads/"));
        await upload.AppendAsync(0, [1, 2]);
        await upload.AppendAsync((long)(await upload.OffsetAsync())!, [3]);
        Assert.That((await _server.Admin.GetAnswerAsync($"/my/images-x/images/{image}/file")).Bytes, Is.EqualTo(new byte[] { 1, 2, 3 }));
    }

    [Test]
    public async Task Images_are_listed_below_the_prefix()
    {
        await _server.Admin.PostAnswerAsync("/my/images-x/images", Requests.Manifest(("name", "listed")));
        Assert.That((await _server.Admin.GetAnswerAsync("/my/images-x/images?state=all&name=~iste")).Json.GetArrayLength(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_ping_is_answered_below_the_prefix() =>
        Assert.That((await _server.Anonymous.GetAnswerAsync("/my/images-x/ping")).Json.GetProperty("ping").GetString(), Is.EqualTo("pong"));

    [TestCase("/ping")]
    [TestCase("/images")]
    [TestCase("/")]
    [TestCase("/my/images-xx/ping")]
    [TestCase("/My/images-x/ping")]
    [TestCase("/my/images%2Dx/ping")]
    [TestCase("//my/images-x/ping")]
    [TestCase("/my/../my/images-x/ping")]
    [TestCase("/swagger/v1/swagger.json")]
    public async Task A_path_outside_the_prefix_does_not_exist(string path)
    {
        // HttpClient would normalize the path.
        var answer = await RawHttp.SendAsync(_server.Address, "GET", path);
        Assert.That(answer, Does.StartWith("HTTP/1.1 404 ").And.Contains($"{path} does not exist"));
    }

    [TestCase("/my/images-x/datasets", "/my/images-x/images")]
    [TestCase("/my/images-x/docs/", "/my/images-x/swagger/index.html")]
    public async Task A_redirect_leads_to_a_path_below_the_prefix(string path, string target)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = _server.Address };
        var answer = await client.GetAnswerAsync(path);
        Assert.That(answer.Header("Location"), Does.StartWith(target[..^1]).And.StartsWith("/my/images-x/"));
    }

    [Test]
    public async Task The_OpenAPI_document_names_the_prefix()
    {
        var document = await _server.Anonymous.GetAnswerAsync("/my/images-x/swagger/v1/swagger.json");
        Assert.That(document.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(document.Json.GetProperty("servers")[0].GetProperty("url").GetString(), Does.EndWith("/my/images-x"));
    }
}
