using System.Net;
using System.Security.Cryptography;
using ImgApi.Tests.Resilience.Crash;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Resilience.Faults;

/// <summary>strace injects I/O errors into the system calls of a real server. After them the server must work as before.</summary>
[TestFixture]
[Category("Crash")]
[Category("Slow")]
internal sealed class BrokenDiskTests
{
    private const int MiB = 1024 * 1024;

    private static readonly byte[] Old = RandomNumberGenerator.GetBytes(16 * MiB);
    private static readonly byte[] New = RandomNumberGenerator.GetBytes(MiB);

    private TemporaryFolder _folder = null!;
    private ServerProcess _server = null!;
    private string _uuid = null!;

    private HttpClient Admin => _server.Admin;

    private string ImageFolder => _folder.Combine("data", _uuid);

    [SetUp]
    public async Task StartAsync()
    {
        Tools.Require("strace", "strace");
        _folder = new TemporaryFolder();
        _server = await ServerProcess.StartOnAsync(_folder.Combine("data"));
        _uuid = await Admin.CreateAsync();
        await Admin.UploadAsync(_uuid, Old);
    }

    [TearDown]
    public async Task StopAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _folder?.Dispose();
    }

    [TestCase("pwrite64")]
    [TestCase("fsync")]
    [TestCase("rename")]
    public async Task An_upload_that_fails_with_an_IO_error_leaves_only_the_old_file(string call)
    {
        var before = (await Admin.GetAnswerAsync($"/images/{_uuid}")).Text;
        await using (await Strace.FailAsync(_server, call, "EIO"))
        {
            var answer = await Admin.PutAnswerAsync($"/images/{_uuid}/file?compression=gzip", Requests.Bytes(New));
            Assert.That((answer.Status, answer.Code), Is.EqualTo((HttpStatusCode.ServiceUnavailable, "StorageIsDown")));
        }

        Assert.That((await Admin.GetAnswerAsync($"/images/{_uuid}")).Text, Is.EqualTo(before));
        Assert.That((await Admin.GetAnswerAsync($"/images/{_uuid}/file")).Bytes.SequenceEqual(Old), Is.True);
        Assert.That(Directory.GetFiles(ImageFolder), Has.Length.EqualTo(2));
        await Admin.UploadAsync(_uuid, New);
        Assert.That((await Admin.GetAnswerAsync($"/images/{_uuid}/file")).Bytes.SequenceEqual(New), Is.True);
    }

    [TestCase("pwrite64")]
    [TestCase("fsync")]
    [TestCase("rename")]
    public async Task A_change_or_creation_that_fails_with_an_IO_error_changes_nothing(string call)
    {
        var before = (await Admin.GetAnswerAsync("/images?state=all")).Text;
        await using (await Strace.FailAsync(_server, call, "EIO"))
        {
            var change = await Admin.PostAnswerAsync($"/images/{_uuid}?action=update", Requests.Json(new { description = "new" }));
            var creation = await Admin.PostAnswerAsync("/images", Requests.Manifest());
            Assert.That((change.Code, creation.Code), Is.EqualTo(("StorageIsDown", "StorageIsDown")));
        }

        Assert.That((await Admin.GetAnswerAsync("/images?state=all")).Text, Is.EqualTo(before));
        Assert.That(DataFolderNames.ImageFolders(_folder.Combine("data")).ToArray(), Has.Length.EqualTo(1));
        await Admin.ActAsync(_uuid, "update", Requests.Json(new { description = "new" }));
        await Admin.CreateAsync();
    }

    [Test]
    public async Task A_change_that_could_not_be_flushed_is_refused_and_shown_as_after_a_restart()
    {
        await using (await Strace.FailAsync(_server, "fsync", "EIO", ImageFolder))
        {
            var change = await Admin.PostAnswerAsync($"/images/{_uuid}?action=update", Requests.Json(new { description = "new" }));
            Assert.That(change.Code, Is.EqualTo("StorageIsDown"));
        }

        var shown = (await Admin.GetAnswerAsync($"/images/{_uuid}")).Text;
        await _server.DisposeAsync();
        _server = await ServerProcess.StartOnAsync(_folder.Combine("data"));
        Assert.That((await Admin.GetAnswerAsync($"/images/{_uuid}")).Text, Is.EqualTo(shown));
    }

    [Test]
    public async Task An_old_file_that_could_not_be_deleted_is_deleted_by_the_next_start()
    {
        var old = Directory.GetFiles(ImageFolder, "image-*").Single();
        await using (await Strace.FailAsync(_server, "unlink", "EIO", old))
        {
            await Admin.UploadAsync(_uuid, New);
        }

        Assert.That(Directory.GetFiles(ImageFolder), Has.Length.EqualTo(3));
        await _server.DisposeAsync();
        _server = await ServerProcess.StartOnAsync(_folder.Combine("data"));
        Assert.That(Directory.GetFiles(ImageFolder), Has.Length.EqualTo(2));
        Assert.That((await Admin.GetAnswerAsync($"/images/{_uuid}/file")).Bytes.SequenceEqual(New), Is.True);
    }

    [Test]
    public async Task A_download_that_fails_with_an_IO_error_is_aborted_and_works_afterwards()
    {
        using (var answer = await Admin.GetAsync($"/images/{_uuid}/file", HttpCompletionOption.ResponseHeadersRead))
        {
            await using var stream = await answer.Content.ReadAsStreamAsync();
            await stream.ReadExactlyAsync(new byte[MiB]);
            await using (await Strace.FailAsync(_server, "pread64", "EIO"))
            {
                Assert.That(async () => await stream.CopyToAsync(Stream.Null), Throws.InstanceOf<IOException>());
                var next = await Admin.GetAnswerOrNullAsync($"/images/{_uuid}/file");
                Assert.That(next?.Status, Is.Null.Or.EqualTo(HttpStatusCode.ServiceUnavailable));
            }
        }

        Assert.That((await Admin.GetAnswerAsync($"/images/{_uuid}/file")).Bytes.SequenceEqual(Old), Is.True);
    }
}
