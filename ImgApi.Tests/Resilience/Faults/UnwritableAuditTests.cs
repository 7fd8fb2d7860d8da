using System.Net;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Resilience.Faults;

/// <summary>A server whose audit cannot be written, since a file has the name of its folder.</summary>
[TestFixture]
internal sealed class UnwritableAuditTests
{
    private readonly TemporaryFolder _folder = new();
    private TestServer _server = null!;
    private string _uuid = null!;

    private string Audit => _folder.Combine("data", ".imgapi-audit");

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        await using (var before = await TestServer.StartAsync(dataFolder: _folder.Combine("data")))
        {
            _uuid = await before.Admin.CreateAsync();
        }

        Directory.Delete(Audit, recursive: true);
        await File.WriteAllTextAsync(Audit, "in the way");
        _server = await TestServer.StartAsync(dataFolder: _folder.Combine("data"));
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Test]
    public async Task Reads_go_on() => Assert.That((await _server.Admin.GetAnswerAsync($"/images/{_uuid}")).Status, Is.EqualTo(HttpStatusCode.OK));

    [Test]
    public async Task A_change_whose_event_cannot_be_recorded_is_refused_and_changes_nothing()
    {
        var before = Files();
        Answer[] answers =
        [
            await _server.Admin.PostAnswerAsync("/images", Requests.Manifest()),
            await _server.Admin.PostAnswerAsync($"/images/{_uuid}?action=update", Requests.Json(new { description = "new" })),
            await _server.Admin.PostAnswerAsync($"/images/{_uuid}?action=update", Requests.Json(new { uuid = Guid.NewGuid() })),
            await _server.Admin.PutAnswerAsync($"/images/{_uuid}/file?compression=gzip", Requests.Bytes([1, 2, 3])),
            await ResumableUpload.CreateAsync(_server.Admin, _uuid, "3", "compression=none"),
            await _server.Admin.DeleteAnswerAsync($"/images/{_uuid}"),
        ];
        Assert.That(answers.Select(answer => answer.Code), Has.All.EqualTo("StorageIsDown"));
        Assert.That(Files(), Is.EqualTo(before));
    }

    [Test]
    public async Task Wrong_credentials_are_refused_as_ever()
    {
        using var client = _server.As("nobody");
        Assert.That((await client.GetAnswerAsync("/state")).Status, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    private string[] Files() =>
        [.. Directory.GetFiles(_folder.Combine("data"), "*", SearchOption.AllDirectories).Where(path => Path.GetFileName(path) is not (".imgapi-index" or ".imgapi-fetches.json"))
            .Select(path => $"{path} {new FileInfo(path).Length}").Order()];
}
