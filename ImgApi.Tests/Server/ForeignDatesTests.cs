using System.Text.Json;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server;

/// <summary>Dates with another precision or time zone, as servers in Go write them, wherever a date is read.</summary>
[TestFixture]
internal sealed class ForeignDatesTests
{
    private const string Foreign = "2013-01-02T03:04:05.49+01:00";
    private const string Own = "2013-01-02T02:04:05.490Z";

    private TestServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _server = await TestServer.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    private static string? PublishedAt(Answer answer)
    {
        Assert.That((int)answer.Status, Is.EqualTo(200), answer.Text);
        return answer.Json.GetProperty("published_at").GetString();
    }

    private static Dictionary<string, object> ManifestOf(string uuid) => new()
    {
        ["v"] = 2,
        ["uuid"] = uuid,
        ["name"] = "base",
        ["version"] = "1",
        ["type"] = "other",
        ["os"] = "other",
        ["published_at"] = Foreign,
    };

    [Test]
    public async Task The_date_of_an_imported_manifest_is_shown_in_utc()
    {
        var uuid = Uuid.New().ToString();
        Assert.That(PublishedAt(await _server.Admin.ActAsync(uuid, "import", Requests.Json(ManifestOf(uuid)))), Is.EqualTo(Own));
    }

    [Test]
    public async Task An_activation_keeps_the_date_of_an_imported_manifest()
    {
        var uuid = Uuid.New().ToString();
        await _server.Admin.ActAsync(uuid, "import", Requests.Json(ManifestOf(uuid)));
        await _server.Admin.UploadAsync(uuid);
        Assert.That(PublishedAt(await _server.Admin.ActAsync(uuid, "activate")), Is.EqualTo(Own));
    }

    [TestCase("published_at")]
    [TestCase("created_at")]
    public async Task The_date_of_a_manifest_in_the_old_format_is_shown_in_utc(string key)
    {
        var uuid = Uuid.New().ToString();
        var manifest = ManifestOf(uuid);
        manifest.Remove("v");
        manifest.Remove("published_at");
        manifest["creator_uuid"] = uuid;
        manifest[key] = Foreign;
        Assert.That(PublishedAt(await _server.Admin.ActAsync(uuid, "import", Requests.Json(manifest))), Is.EqualTo(Own));
    }

    [Test]
    public async Task The_date_of_a_manifest_from_another_server_is_shown_in_utc()
    {
        var uuid = Uuid.New().ToString();
        await using var other = ScriptedServer.Saying("200 OK", JsonSerializer.Serialize(ManifestOf(uuid)));
        Assert.That(PublishedAt(await _server.Admin.ImportFromAsync(uuid, other.Address)), Is.EqualTo(Own));
    }

    [Test]
    public async Task The_date_of_a_stored_manifest_is_shown_in_milliseconds()
    {
        using var folder = new TemporaryFolder();
        var uuid = Uuid.New().ToString();
        var manifest = ManifestOf(uuid);
        manifest["published_at"] = "2013-01-02T03:04:05.123456789Z";
        Directory.CreateDirectory(folder.Combine("data", uuid));
        folder.Write(Path.Combine("data", uuid, "manifest.json"), JsonSerializer.Serialize(manifest));
        await using var server = await TestServer.StartAsync(dataFolder: folder.Combine("data"));
        Assert.That(PublishedAt(await server.Anonymous.GetAnswerAsync($"/images/{uuid}")), Is.EqualTo("2013-01-02T03:04:05.123Z"));
    }

    [TestCase("2033-01-01T00:00:00.5%2B01:00", 1)]
    [TestCase("2033-01-01T00:00:00.123456789Z", 0)]
    [TestCase("2033-01-01T00:00:00+01:00", 1)]
    [TestCase("2034-01-01T00:00:00-01:00", 0)]
    public async Task A_marker_may_be_a_date_with_any_precision_or_time_zone(string marker, int images)
    {
        await using var server = await TestServer.StartAsync();
        var uuid = Uuid.New().ToString();
        var manifest = ManifestOf(uuid);
        manifest["published_at"] = "2033-01-01T00:00:00Z";
        await server.Admin.ActAsync(uuid, "import", Requests.Json(manifest));
        await server.Admin.UploadAsync(uuid);
        await server.Admin.ActAsync(uuid, "activate");
        var list = await server.Anonymous.GetAnswerAsync($"/images?marker={marker}");
        Assert.That((int)list.Status, Is.EqualTo(200), list.Text);
        Assert.That(list.Json.GetArrayLength(), Is.EqualTo(images));
    }

    [TestCase("2013-01-02")]
    [TestCase("2013-01-02T03:04:05")]
    [TestCase("2013-02-30T03:04:05.5Z")]
    [TestCase("yesterday")]
    public async Task A_text_that_is_not_a_date_is_refused(string text)
    {
        var uuid = Uuid.New().ToString();
        var manifest = ManifestOf(uuid);
        manifest["published_at"] = text;
        var answer = await _server.Admin.PostAnswerAsync($"/images/{uuid}?action=import", Requests.Json(manifest));
        Assert.That(((int)answer.Status, answer.Code), Is.EqualTo((422, "ValidationFailed")));
        Assert.That(answer.Errors, Is.EqualTo(new[] { "published_at:Invalid" }));
    }
}
