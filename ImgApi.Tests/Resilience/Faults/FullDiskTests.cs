using System.Net;
using ImgApi.Tests.Resilience.Crash;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Resilience.Faults;

/// <summary>A full disk and a read-only disk.</summary>
[TestFixture]
[Category("Crash")]
[Category("Slow")]
internal sealed class FullDiskTests
{
    private const int MiB = 1024 * 1024;

    private SmallDisk _disk = null!;
    private TestServer _server = null!;
    private string _uuid = null!;
    private string _list = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _disk = await SmallDisk.MountAsync(mebibytes: 8);
        _server = await TestServer.StartAsync(dataFolder: _disk.DataFolder);
        _uuid = await _server.Admin.CreateAsync();
        await _server.Admin.UploadAsync(_uuid, new byte[MiB]);
        await _server.Admin.PutAnswerAsync($"/images/{_uuid}/icon", Requests.Bytes([1, 2, 3], "image/png"));
        _list = await ListAsync();
    }

    [TearDown]
    public async Task StopAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        if (_disk is not null)
        {
            await _disk.DisposeAsync();
        }
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task An_upload_to_a_full_disk_is_refused_and_the_old_file_stays(bool announced)
    {
        _disk.Fill(except: MiB);
        using var body = new StreamContent(new MemoryStream(new byte[3 * MiB]));
        body.Headers.ContentLength = announced ? 3 * MiB : null;
        var answer = await _server.Admin.PutAnswerAsync(
            $"/images/{_uuid}/file?compression=gzip", body, announced ? [] : [("Transfer-Encoding", "chunked")]);
        await ExpectFaultAsync([answer], HttpStatusCode.InsufficientStorage, "InsufficientStorage");
        _disk.MakeRoom();
        await ExpectAllWorksAsync();
    }

    [Test]
    public async Task Every_change_on_a_full_disk_is_refused_and_changes_nothing()
    {
        _disk.Fill();
        await ExpectFaultAsync(await TryEverythingAsync(), HttpStatusCode.InsufficientStorage, "InsufficientStorage");
        _disk.MakeRoom();
        await ExpectAllWorksAsync();
    }

    [Test]
    public async Task A_full_disk_can_be_freed_by_deleting_an_image()
    {
        _disk.Fill();
        Assert.That((await _server.Admin.DeleteAnswerAsync($"/images/{_uuid}")).Status, Is.EqualTo(HttpStatusCode.NoContent));
        await _server.Admin.UploadAsync(await _server.Admin.CreateAsync(), new byte[MiB / 2]);
    }

    [Test]
    public async Task A_resumable_upload_can_be_canceled_on_a_full_disk()
    {
        var upload = await ResumableUpload.BeginAsync(_server.Admin, _uuid, MiB, "compression=gzip");
        _disk.Fill();
        Assert.That((await upload.DeleteAsync()).Status, Is.EqualTo(HttpStatusCode.NoContent));
    }

    [Test]
    public async Task Every_change_on_a_read_only_disk_is_refused_and_changes_nothing()
    {
        await _disk.MakeReadOnlyAsync();
        Answer[] answers = [.. await TryEverythingAsync(), await _server.Admin.DeleteAnswerAsync($"/images/{_uuid}")];
        await ExpectFaultAsync(answers, HttpStatusCode.ServiceUnavailable, "StorageIsDown");
        await _disk.MakeWritableAsync();
        await ExpectAllWorksAsync();
    }

    private async Task<string> ListAsync() => (await _server.Admin.GetAnswerAsync("/images?state=all")).Text;

    private async Task<Answer[]> TryEverythingAsync()
    {
        var (admin, image) = (_server.Admin, $"/images/{_uuid}");
        var imported = Guid.NewGuid();
        return
        [
            await admin.PostAnswerAsync("/images", Requests.Manifest()),
            await admin.PostAnswerAsync($"/images/{imported}?action=import", Requests.Manifest(("v", 2), ("uuid", imported))),
            await admin.PutAnswerAsync($"{image}/file?compression=gzip", Requests.Bytes([1, 2, 3])),
            await admin.PutAnswerAsync($"{image}/icon", Requests.Bytes([4, 5, 6], "image/png")),
            await admin.DeleteAnswerAsync($"{image}/icon"),
            await admin.PostAnswerAsync($"{image}?action=activate"),
            await admin.PostAnswerAsync($"{image}?action=disable"),
            await admin.PostAnswerAsync($"{image}?action=update", Requests.Json(new { description = "new" })),
            await admin.PostAnswerAsync($"{image}?action=update", Requests.Json(new { uuid = Guid.NewGuid() })),
            await admin.PostAnswerAsync($"{image}/acl", Requests.Json(new[] { Guid.NewGuid() })),
        ];
    }

    /// <summary>Checks that all changes were refused in the form of the contract, that reads still work, and that the disk is unchanged.</summary>
    private async Task ExpectFaultAsync(Answer[] answers, HttpStatusCode status, string code)
    {
        Assert.That(answers.Select(answer => (answer.Status, answer.Code)), Is.All.EqualTo((status, code)));
        Assert.That(answers.Select(answer => string.Join(',', answer.Keys)), Is.All.EqualTo("code,message"));
        Assert.That(await ListAsync(), Is.EqualTo(_list));
        Assert.That((await _server.Admin.GetAnswerAsync($"/images/{_uuid}/file")).Bytes.SequenceEqual(new byte[MiB]), Is.True);
        Assert.That(Directory.GetFiles(Path.Combine(_disk.DataFolder, _uuid)), Has.Length.EqualTo(3));
        Assert.That(DataFolderNames.ImageFolders(_disk.DataFolder).ToArray(), Has.Length.EqualTo(1));
    }

    private async Task ExpectAllWorksAsync() =>
        Assert.That((await TryEverythingAsync()).Select(answer => answer.Status), Is.EqualTo(new[]
        {
            HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK,
            HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.UnprocessableEntity, HttpStatusCode.OK,
        }));
}
