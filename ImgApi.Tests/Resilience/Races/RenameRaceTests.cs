using System.Net;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Resilience.Races;

/// <summary>The UUID of an image changes during an upload.</summary>
[TestFixture]
internal sealed class RenameRaceTests
{
    private const int Rounds = 10;

    private TestServer _server = null!;

    [SetUp]
    public async Task StartAsync() => _server = await TestServer.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    private string[] Names(string uuid) =>
        [.. Directory.GetFiles(Path.Combine(_server.DataFolder, uuid)).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private async Task<string> RenameAsync(string uuid)
    {
        var next = Uuid.New().ToString();
        await _server.Admin.ActAsync(uuid, "update", Requests.Json(new { uuid = next }));
        return next;
    }

    [Test]
    public async Task An_upload_to_an_image_whose_uuid_changes_fails_and_leaves_no_file()
    {
        var uuid = await _server.Admin.CreateAsync();
        await _server.Admin.UploadAsync(uuid);
        var kept = Names(uuid);
        using var body = new GatedContent(new byte[300_000], [1]);
        var upload = _server.Admin.PutAnswerAsync($"/images/{uuid}/file?compression=gzip", body);
        await Eventually.TrueAsync(() => Names(uuid).Length > kept.Length);
        var next = await RenameAsync(uuid);
        Assert.That(Names(next), Is.EqualTo(kept));

        body.LetGo();
        Assert.That((await upload).Status, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(Names(next), Is.EqualTo(kept));
        Assert.That((await _server.Admin.GetAnswerAsync($"/images/{next}/file")).Bytes, Is.EqualTo(new byte[] { 1, 2, 3, 4 }));
    }

    [Test]
    public async Task A_race_between_an_upload_and_a_change_of_uuid_leaves_no_file_that_no_manifest_names()
    {
        for (var i = 0; i < Rounds; i++)
        {
            var uuid = await _server.Admin.CreateAsync();
            var upload = _server.Admin.PutAnswerAsync($"/images/{uuid}/file?compression=gzip", Requests.Bytes([1, 2, 3, 4]));
            var next = await RenameAsync(uuid);
            Assert.That((await upload).Status, Is.AnyOf(HttpStatusCode.OK, HttpStatusCode.NotFound));
            var hasFile = (await _server.Admin.GetAnswerAsync($"/images/{next}/file")).Status == HttpStatusCode.OK;
            Assert.That(Names(next), Has.Length.EqualTo(hasFile ? 2 : 1), string.Join(' ', Names(next)));
        }
    }
}
