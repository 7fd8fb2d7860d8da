using System.Net;
using ImgApi.Infrastructure.FileSystem.Stores;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Resilience.Faults;

/// <summary>Uploads leave <c>minFree</c> bytes of the disk free.</summary>
[TestFixture]
[Category("Crash")]
[Category("Slow")]
internal sealed class MinFreeTests
{
    private const int MiB = 1 << 20;

    private SmallDisk _disk = null!;
    private TestServer _server = null!;

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
    public async Task An_upload_beyond_minFree_is_refused_and_changes_nothing(bool announced)
    {
        var uuid = await StartAsync(mebibytes: 16, minFree: 8 * MiB);
        await _server.Admin.UploadAsync(uuid, new byte[3 * MiB]);
        var before = (await _server.Admin.GetAnswerAsync($"/images/{uuid}")).Text;
        var answer = await UploadAsync(uuid, 6 * MiB, announced);
        Assert.That((answer.Status, answer.Code), Is.EqualTo((HttpStatusCode.InsufficientStorage, "InsufficientStorage")));
        Assert.That((await _server.Admin.GetAnswerAsync($"/images/{uuid}")).Text, Is.EqualTo(before));
        Assert.That(Directory.GetFiles(Path.Combine(_disk.DataFolder, uuid)), Has.Length.EqualTo(2));
    }

    [Test]
    public async Task An_announced_upload_beyond_minFree_is_refused_before_its_body_is_read()
    {
        var uuid = await StartAsync(mebibytes: 16, minFree: 8 * MiB);
        var login = $"Authorization: {TestServer.Basic(TestServer.User, TestServer.Password)}\r\n";
        var answer = await RawHttp.SendHeadersAsync(
            _server.Address, $"PUT /images/{uuid}/file?compression=gzip HTTP/1.1\r\nHost: x\r\n{login}Content-Length: {9 * MiB}\r\n\r\n");
        Assert.That(answer, Does.StartWith("HTTP/1.1 507 "));
    }

    [Test]
    public async Task Concurrent_uploads_leave_minFree_together()
    {
        var uuid = await StartAsync(mebibytes: 64, minFree: 48 * MiB);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => UploadAsync(uuid, 6 * MiB, announced: true)));
        Assert.That(answers.Select(answer => answer.Status), Has.Some.EqualTo(HttpStatusCode.InsufficientStorage));
        Assert.That(new DriveInfo(_disk.DataFolder).AvailableFreeSpace, Is.GreaterThanOrEqualTo(48 * MiB));
    }

    [Test]
    public async Task Changes_other_than_uploads_may_use_minFree()
    {
        var uuid = await StartAsync(mebibytes: 8, minFree: 100 * MiB);
        Assert.That((await UploadAsync(uuid, 1, announced: true)).Status, Is.EqualTo(HttpStatusCode.InsufficientStorage));
        await _server.Admin.ActAsync(uuid, "update", Requests.Json(new { description = "new" }));
        await _server.Admin.CreateAsync();
    }

    [TestCase(9, HttpStatusCode.InsufficientStorage)]
    [TestCase(7, HttpStatusCode.OK)]
    public async Task By_default_minFree_is_a_hundredth_of_the_disk(int mebibytes, HttpStatusCode status)
    {
        var uuid = await StartAsync(mebibytes: 200, minFree: null);
        _disk.Fill(except: 10 * MiB);
        Assert.That((await UploadAsync(uuid, mebibytes * MiB, announced: true)).Status, Is.EqualTo(status));
    }

    private async Task<string> StartAsync(int mebibytes, long? minFree)
    {
        _disk = await SmallDisk.MountAsync(mebibytes);
        _server = await TestServer.StartAsync(
            dataFolder: _disk.DataFolder, configure: configuration => configuration with { Room = new DiskSpaceRules { MinFree = minFree } });
        return await _server.Admin.CreateAsync();
    }

    private async Task<Answer> UploadAsync(string uuid, int bytes, bool announced)
    {
        using var body = new StreamContent(new MemoryStream(new byte[bytes]));
        body.Headers.ContentLength = announced ? bytes : null;
        return await _server.Admin.PutAnswerAsync(
            $"/images/{uuid}/file?compression=gzip", body, announced ? [] : [("Transfer-Encoding", "chunked")]);
    }
}
