using System.IO.Compression;
using System.Net;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Pages;

/// <summary>The requests with which scripts of the pages check what is entered.</summary>
[TestFixture]
internal sealed class ChecksTests
{
    private TestServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _server = await TestServer.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [TestCase("manifest")]
    [TestCase("manifest/00000000-0000-0000-0000-000000000001")]
    [TestCase("file")]
    public async Task A_check_needs_credentials(string check) =>
        Assert.That((await _server.Anonymous.PostAnswerAsync($"/ui/checks/{check}", Requests.Manifest())).Status, Is.EqualTo(HttpStatusCode.Unauthorized));

    [Test]
    public async Task A_valid_manifest_is_accepted_and_creates_nothing()
    {
        Assert.That((await _server.Admin.PostAnswerAsync("/ui/checks/manifest", Requests.Manifest(("name", "checked")))).Status, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That((await _server.Admin.GetAnswerAsync("/images?state=all&name=checked")).Json.GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task An_invalid_manifest_gets_the_error_of_a_creation()
    {
        var check = await _server.Admin.PostAnswerAsync("/ui/checks/manifest", Requests.Manifest(("name", "a;b"), ("os", null)));
        var creation = await _server.Admin.PostAnswerAsync("/images", Requests.Manifest(("name", "a;b"), ("os", null)));
        Assert.That((check.Status, check.Text), Is.EqualTo((creation.Status, creation.Text)));
    }

    [Test]
    public async Task A_manifest_with_a_UUID_gets_the_error_of_an_import()
    {
        var uuid = Uuid.New();
        var manifest = Requests.Manifest(("uuid", uuid.ToString()), ("v", 2), ("owner", Uuid.Zero.ToString()), ("published_at", "yesterday"));
        var check = await _server.Admin.PostAnswerAsync("/ui/checks/manifest", manifest);
        Assert.That((check.Status, check.Text.Contains("published_at", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.UnprocessableEntity, true)));
    }

    [Test]
    public async Task A_valid_change_is_accepted_and_changes_nothing()
    {
        var uuid = await _server.Admin.CreateAsync(("description", "before"));
        var check = await _server.Admin.PostAnswerAsync($"/ui/checks/manifest/{uuid}", Requests.Json(new { description = "after" }));
        Assert.That(check.Status, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That((await _server.Admin.GetAnswerAsync($"/images/{uuid}")).Json.GetProperty("description").GetString(), Is.EqualTo("before"));
    }

    [Test]
    public async Task An_invalid_change_gets_the_error_of_an_update()
    {
        var uuid = await _server.Admin.CreateAsync();
        var change = new { os = "plan9" };
        var check = await _server.Admin.PostAnswerAsync($"/ui/checks/manifest/{uuid}", Requests.Json(change));
        var update = await _server.Admin.PostAnswerAsync($"/images/{uuid}?action=update", Requests.Json(change));
        Assert.That((check.Status, check.Text), Is.EqualTo((update.Status, update.Text)));
    }

    [Test]
    public async Task A_file_of_no_known_format_has_no_facts_but_the_name()
    {
        var facts = (await _server.Admin.PostAnswerAsync("/ui/checks/file?file=notes-3.txt&whole=true&type=other", Requests.Bytes("hello"u8.ToArray()))).Json;
        Assert.That(
            (facts.GetProperty("summary").GetString(), facts.GetProperty("compression").GetString(), facts.TryGetProperty("type", out _)),
            Is.EqualTo(("of no known format", "none", false)));
    }

    [Test]
    public async Task An_empty_file_is_reported() => Assert.That(
        (await _server.Admin.PostAnswerAsync("/ui/checks/file?whole=true&type=other", Requests.Bytes([]))).Json.GetProperty("problem").GetString(), Is.Not.Empty);

    [Test]
    public async Task More_bytes_than_the_head_of_a_file_are_refused_when_they_arrive_compressed()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync(new byte[(1024 * 1024) + 1]);
        }

        using var body = Requests.Bytes(packed.ToArray());
        body.Headers.ContentEncoding.Add("gzip");
        var answer = await _server.Admin.PostAnswerAsync("/ui/checks/file", body);
        Assert.That((answer.Status, answer.Message), Is.EqualTo(
            (HttpStatusCode.RequestEntityTooLarge, "the request body exceeds the maximum allowed size, 1 MiB")));
    }

    [Test]
    public async Task More_bytes_than_the_head_of_a_file_are_refused()
    {
        // The server closes the connection, so a client that is still sending may not see the answer.
        var answer = await _server.Admin.PostAnswerAsync("/ui/checks/file", Requests.Bytes(new byte[(1024 * 1024) + 1]), ("Expect", "100-continue"));
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
    }
}
