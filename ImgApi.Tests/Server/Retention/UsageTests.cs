using System.Net;
using System.Text.Json;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Retention;

/// <summary>Which requests count as downloads, in <c>GET /usage</c> and on the page of the image. The file has four bytes.</summary>
[TestFixture]
internal sealed class UsageTests
{
    private TestServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _server = await TestServer.StartAsync(configure: Team.With);

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    private async Task<JsonElement> UsageAsync(string uuid) => (await _server.Admin.GetAnswerAsync($"/usage?image={uuid}")).Json.EnumerateArray().Single();

    private async Task<long> FetchesAsync(string uuid) => (await UsageAsync(uuid)).GetProperty("fetches").GetInt64();

    /// <summary>A download is counted after its last byte was sent, and so perhaps after the client has read it.</summary>
    private Task CountedAsync(string uuid) => Eventually.TrueAsync(async () => await FetchesAsync(uuid) == 1);

    [TestCase(null)]
    [TestCase("bytes=0-3")]
    [TestCase("bytes=2-")]
    [TestCase("bytes=-1")]
    public async Task A_request_that_reaches_the_end_of_the_file_is_counted(string? range)
    {
        var uuid = await _server.Admin.PublishAsync();
        await _server.Anonymous.GetAnswerAsync($"/images/{uuid}/file", range is null ? [] : [("Range", range)]);
        await CountedAsync(uuid);
        Assert.That((await UsageAsync(uuid)).TryGetProperty("last_fetch", out _), Is.True);
    }

    [TestCase("GET", "/file", "bytes=0-2")]
    [TestCase("GET", "/file", "bytes=9-")]
    [TestCase("HEAD", "/file", null)]
    [TestCase("GET", "", null)]
    [TestCase("GET", "/icon", null)]
    public async Task Other_requests_are_not_counted(string method, string path, string? range)
    {
        var uuid = await _server.Admin.PublishAsync();
        await _server.Admin.PutAnswerAsync($"/images/{uuid}/icon", Requests.Bytes(Samples.Png, "image/png"));
        await _server.Anonymous.AnswerAsync(new HttpMethod(method), $"/images/{uuid}{path}", null, range is null ? [] : [("Range", range)]);
        await _server.Anonymous.GetAnswerAsync($"/images/{uuid}/file");
        await CountedAsync(uuid);
    }

    [Test]
    public async Task An_answer_without_bytes_since_the_client_has_the_file_is_not_counted()
    {
        var uuid = await _server.Admin.PublishAsync();
        var etag = (await _server.Anonymous.GetAnswerAsync($"/images/{uuid}/file")).Header("Etag")!;
        await CountedAsync(uuid);
        await _server.Anonymous.GetAnswerAsync($"/images/{uuid}/file", ("If-None-Match", etag));
        Assert.That(await FetchesAsync(uuid), Is.EqualTo(1));
    }

    [Test]
    public async Task The_list_has_images_without_downloads_and_in_all_states()
    {
        var uuid = await _server.Admin.CreateAsync();
        var usage = (await _server.Admin.GetAnswerAsync("/usage")).Json.EnumerateArray().Single(one => one.GetProperty("uuid").GetString() == uuid);
        Assert.That(usage.EnumerateObject().Select(member => member.Name), Is.EqualTo(new[] { "uuid", "fetches", "counted_since", "idle_since" }));
    }

    [TestCase("x", HttpStatusCode.UnprocessableEntity)]
    [TestCase("", HttpStatusCode.UnprocessableEntity)]
    [TestCase("00000000-0000-4000-8000-000000000000", HttpStatusCode.NotFound)]
    public async Task A_wrong_image_is_refused(string image, HttpStatusCode status) =>
        Assert.That((await _server.Admin.GetAnswerAsync($"/usage?image={image}")).Status, Is.EqualTo(status));

    [TestCase(Team.Reader, HttpStatusCode.OK)]
    [TestCase(null, HttpStatusCode.Unauthorized)]
    public async Task The_list_is_for_users_of_every_role(string? user, HttpStatusCode status)
    {
        using var client = user is null ? new HttpClient { BaseAddress = _server.Address } : _server.As(user);
        Assert.That((await client.GetAnswerAsync("/usage")).Status, Is.EqualTo(status));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task The_page_of_an_image_shows_the_downloads_to_users_only(bool isUser)
    {
        var uuid = await _server.Admin.PublishAsync();
        await _server.Anonymous.GetAnswerAsync($"/images/{uuid}/file");
        await CountedAsync(uuid);
        using var browser = new PageClient(_server);
        if (isUser)
        {
            await browser.SignInAsync();
        }

        Assert.That((await browser.OpenAsync($"/ui/images/{uuid}")).Text.Contains("<dd>1, the last just now</dd>", StringComparison.Ordinal), Is.EqualTo(isUser));
    }

    [Test]
    public async Task Downloads_survive_a_restart()
    {
        using var folder = new TemporaryFolder();
        string uuid;
        await using (var first = await TestServer.StartAsync(dataFolder: folder.Path))
        {
            uuid = await first.Admin.PublishAsync();
            await first.Anonymous.GetAnswerAsync($"/images/{uuid}/file");
        }

        await using var second = await TestServer.StartAsync(dataFolder: folder.Path);
        var usage = (await second.Admin.GetAnswerAsync($"/usage?image={uuid}")).Json[0];
        Assert.That(usage.GetProperty("fetches").GetInt64(), Is.EqualTo(1));
    }
}
