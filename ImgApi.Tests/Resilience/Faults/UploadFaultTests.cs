using System.Net;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Resilience.Faults;

/// <summary>A disk that refuses steps of a resumable upload.</summary>
[TestFixture]
[Category("Slow")]
internal sealed class UploadFaultTests : UploadProcessFixture
{
    [Test]
    public async Task A_commit_that_failed_is_repeated_by_a_part_without_bytes()
    {
        await using var server = await ServerProcess.StartOnAsync(Data);
        var (image, upload) = await BeginAsync(server);
        await using (await Strace.FailAsync(server, "link", "EIO"))
        {
            var failed = await upload.AppendAsync(0, Bytes);
            Assert.That(failed.Code, Is.EqualTo("StorageIsDown"));
        }

        Assert.That((await upload.AppendAsync(Bytes.Length, [])).Status, Is.EqualTo(HttpStatusCode.NoContent));
        await AssertArrivedAsync(server, image);
    }

    [TestCase("EXDEV")]
    [TestCase("EPERM")]
    public async Task The_bytes_are_copied_where_they_cannot_be_linked(string error)
    {
        await using var server = await ServerProcess.StartOnAsync(Data);
        var (image, upload) = await BeginAsync(server);
        await using (await Strace.FailAsync(server, "link", error))
        {
            Assert.That((await upload.AppendAsync(0, Bytes)).Status, Is.EqualTo(HttpStatusCode.NoContent));
        }

        await AssertArrivedAsync(server, image);
    }

    [Test]
    public async Task A_part_that_the_disk_has_no_space_for_can_be_repeated()
    {
        await using var server = await ServerProcess.StartOnAsync(Data);
        var (image, upload) = await BeginAsync(server);
        await upload.AppendAsync(0, Bytes[..1000]);
        await using (await Strace.FailAsync(server, "pwrite64", "ENOSPC", BytesOf(upload)))
        {
            Assert.That((await upload.AppendAsync(1000, Bytes[1000..])).Code, Is.EqualTo("InsufficientStorage"));
        }

        var offset = (int)(await upload.OffsetAsync())!;
        await upload.AppendAsync(offset, Bytes[offset..]);
        await AssertArrivedAsync(server, image);
    }

    /// <summary>Sends a part from byte 1000 to the end, and lets the flush at its end fail.</summary>
    private async Task<Answer> FailFlushAsync(ServerProcess server, ResumableUpload upload, string when)
    {
        var (body, part) = await StallAsync(upload);
        await using var strace = await Strace.AttachAsync(
            server, ["-P", BytesOf(upload), "-e", "trace=fsync", "-e", $"inject=fsync:error=EIO{when}"]);
        body.LetGo();
        return await part;
    }

    // Linux reports a failed write once, and drops the bytes: the next flush would succeed without them.
    [Test]
    public async Task Bytes_that_the_disk_could_not_flush_do_not_count()
    {
        await using var server = await ServerProcess.StartOnAsync(Data);
        var (image, upload) = await BeginAsync(server);
        Assert.That((await FailFlushAsync(server, upload, ":when=1")).Code, Is.EqualTo("StorageIsDown"));
        Assert.That(await upload.OffsetAsync(), Is.EqualTo(1000));
        await upload.AppendAsync(1000, Bytes[1000..]);
        await AssertArrivedAsync(server, image);
    }

    [Test]
    public async Task An_upload_is_removed_if_the_disk_can_neither_flush_nor_take_back_its_bytes()
    {
        await using var server = await ServerProcess.StartOnAsync(Data);
        var (_, upload) = await BeginAsync(server);
        Assert.That((await FailFlushAsync(server, upload, "")).Code, Is.EqualTo("StorageIsDown"));
        Assert.That((await upload.HeadAsync()).Status, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task A_deletion_that_the_disk_refuses_can_be_repeated()
    {
        await using var server = await ServerProcess.StartOnAsync(Data);
        var (_, upload) = await BeginAsync(server);
        await using (await Strace.FailAsync(server, "fsync", "EIO", UploadsFolder))
        {
            Assert.That((await upload.DeleteAsync()).Code, Is.EqualTo("StorageIsDown"));
        }

        Assert.That((await upload.DeleteAsync()).Status, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(Directory.GetFiles(UploadsFolder), Is.Empty);
    }
}
