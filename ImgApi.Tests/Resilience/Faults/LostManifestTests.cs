using System.Net;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Resilience.Faults;

/// <summary>Files of the data folder are deleted or overwritten while the server runs.</summary>
[TestFixture]
internal sealed class LostManifestTests
{
    private TemporaryFolder _folder = null!;
    private TestServer _server = null!;
    private string _uuid = null!;
    private string _other = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _folder = new TemporaryFolder();
        _server = await TestServer.StartAsync(dataFolder: _folder.Path);
        _uuid = await _server.Admin.PublishAsync(("name", "hit"));
        _other = await _server.Admin.PublishAsync(("name", "other"));
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    private async Task RestartAsync()
    {
        await _server.DisposeAsync();
        _server = await TestServer.StartAsync(dataFolder: _folder.Path);
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("{\"v\": 2, \"uuid\"")]
    public async Task A_missing_or_damaged_manifest_is_rewritten_by_the_next_change(string? garbage)
    {
        var before = (await _server.Admin.GetAnswerAsync("/images")).Text;
        Overwrite(garbage);
        Assert.That((await _server.Admin.GetAnswerAsync("/images")).Text, Is.EqualTo(before));
        var changed = (await _server.Admin.ActAsync(_uuid, "update", Requests.Json(new { description = "new" }))).Text;
        await _server.Admin.ActAsync(_other, "disable");

        await RestartAsync();
        Assert.That((await _server.Admin.GetAnswerAsync($"/images/{_uuid}")).Text, Is.EqualTo(changed));
        Assert.That((await _server.Admin.GetAnswerAsync($"/images/{_uuid}/file")).Bytes, Is.EqualTo(new byte[] { 1, 2, 3, 4 }));
        Assert.That((await _server.Admin.GetAnswerAsync($"/images/{_other}")).Json.GetProperty("state").GetString(), Is.EqualTo("disabled"));
    }

    [Test]
    public async Task A_missing_image_folder_fails_changes_of_that_image_only_until_it_is_back()
    {
        var (folder, elsewhere) = (_folder.Combine(_uuid), _folder.Combine("elsewhere"));
        Directory.Move(folder, elsewhere);
        Assert.That((await _server.Admin.GetAnswerAsync($"/images/{_uuid}")).Status, Is.EqualTo(HttpStatusCode.OK));
        foreach (var change in new[]
        {
            await _server.Admin.PostAnswerAsync($"/images/{_uuid}?action=disable"),
            await _server.Admin.PutAnswerAsync($"/images/{_uuid}/icon", Requests.Bytes([1], "image/png")),
        })
        {
            Assert.That(change.Code, Is.EqualTo("InternalError"));
            Assert.That(change.Message, Is.EqualTo($"the stored data of image \"{_uuid}\" is missing: restore it from a backup, or delete the image"));
        }

        Assert.That((await _server.Admin.GetAnswerAsync($"/images/{_uuid}/file")).Code, Is.EqualTo("ResourceNotFound"));
        await _server.Admin.ActAsync(_other, "disable");

        Directory.Move(elsewhere, folder);
        await _server.Admin.ActAsync(_uuid, "disable");
        Assert.That((await _server.Admin.GetAnswerAsync($"/images/{_uuid}/file")).Bytes, Is.EqualTo(new byte[] { 1, 2, 3, 4 }));
        Assert.That((await _server.Admin.DeleteAnswerAsync($"/images/{_uuid}")).Status, Is.EqualTo(HttpStatusCode.NoContent));
    }

    [Test]
    public async Task An_image_whose_folder_is_missing_can_be_deleted_and_its_uuid_reused()
    {
        Directory.Delete(_folder.Combine(_uuid), recursive: true);
        Assert.That((await _server.Admin.DeleteAnswerAsync($"/images/{_uuid}")).Status, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That((await _server.Admin.GetAnswerAsync($"/images/{_uuid}")).Status, Is.EqualTo(HttpStatusCode.NotFound));
        await _server.Admin.ActAsync(_uuid, "import", Requests.Manifest(("v", 2), ("uuid", _uuid)));
        await _server.Admin.UploadAsync(_uuid);
    }

    [Test]
    public async Task While_the_whole_data_folder_is_missing_no_image_is_deleted()
    {
        var elsewhere = _folder.Path + "-elsewhere";
        Directory.Move(_folder.Path, elsewhere);
        Assert.That((await _server.Admin.DeleteAnswerAsync($"/images/{_uuid}")).Code, Is.EqualTo("StorageIsDown"));
        Assert.That((await _server.Admin.PostAnswerAsync($"/images/{_uuid}?action=disable")).Code, Is.EqualTo("StorageIsDown"));
        Directory.Move(elsewhere, _folder.Path);
        await _server.Admin.ActAsync(_uuid, "disable");
    }

    private void Overwrite(string? garbage)
    {
        var manifest = _folder.Combine(_uuid, "manifest.json");
        File.Delete(manifest);
        if (garbage is not null)
        {
            File.WriteAllText(manifest, garbage);
        }
    }
}
