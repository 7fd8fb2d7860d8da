using System.Net;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Resilience.Faults;

/// <summary>A server that is killed during a resumable upload.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Category("Slow")]
[Category("Crash")]
internal sealed class KilledUploadTests : IDisposable
{
    private const int MiB = 1024 * 1024;

    private readonly TemporaryFolder _folder = new();
    private readonly byte[] _bytes = new byte[3 * MiB];

    public KilledUploadTests() => Random.Shared.NextBytes(_bytes);

    public void Dispose() => _folder.Dispose();

    private string Data => _folder.Combine("data");

    private string BytesOf(ResumableUpload upload) => Path.Combine(Data, ".imgapi-uploads", $"{upload.Id}.bytes");

    private async Task<(string Image, ResumableUpload Upload)> BeginAsync(ServerProcess server)
    {
        var image = await server.Admin.CreateAsync(("type", "other"));
        return (image, await ResumableUpload.BeginAsync(server.Admin, image, _bytes.Length, "compression=none"));
    }

    private static ResumableUpload On(ServerProcess server, ResumableUpload upload) => new(server.Admin, new Uri(upload.Url).PathAndQuery);

    private static async Task IgnoreAsync(Func<Task> request)
    {
        try
        {
            await request();
        }
        catch (HttpRequestException)
        {
            // The server was killed.
        }
    }

    private async Task AssertArrivedAsync(ServerProcess server, string image)
    {
        Assert.That((await server.Admin.GetAnswerAsync($"/images/{image}/file")).Bytes, Is.EqualTo(_bytes));
        var contents = Directory.GetFiles(Path.Combine(Data, image)).Select(Path.GetFileName).Where(name => name!.StartsWith("image", StringComparison.Ordinal));
        Assert.That(contents.Count(), Is.EqualTo(1));
        Assert.That(Directory.GetFiles(Path.Combine(Data, ".imgapi-uploads"), "*.bytes"), Is.Empty);
    }

    [Test]
    public async Task An_upload_continues_with_the_bytes_that_were_written_before_the_kill()
    {
        string image;
        ResumableUpload upload;
        long written;
        await using (var first = await ServerProcess.StartOnAsync(Data))
        {
            (image, upload) = await BeginAsync(first);
            await upload.AppendAsync(0, _bytes[..1000]);
            var body = new GatedContent(_bytes[1000..(2 * MiB)], _bytes[(2 * MiB)..]);
            var part = IgnoreAsync(() => upload.AppendAsync(1000, body));
            await Eventually.TrueAsync(() => new FileInfo(BytesOf(upload)).Length > MiB);
            await first.KillAsync();
            written = new FileInfo(BytesOf(upload)).Length;
            body.LetGo();
            await part;
        }

        await using var server = await ServerProcess.StartOnAsync(Data);
        Assert.That(await On(server, upload).OffsetAsync(), Is.EqualTo(written));
        var last = await On(server, upload).AppendAsync(written, _bytes[(int)written..]);
        Assert.That(last.Status, Is.EqualTo(HttpStatusCode.NoContent));
        await AssertArrivedAsync(server, image);
    }

    // Before the content is linked into the image's folder, before the manifest names it, and before the upload is recorded as finished.
    [TestCase("link", "")]
    [TestCase("fsync", "{image}")]
    [TestCase("unlink", ".imgapi-uploads/{upload}.bytes")]
    public async Task A_head_request_completes_what_the_kill_interrupted_after_the_last_byte(string call, string path)
    {
        string image;
        ResumableUpload upload;
        await using (var first = await ServerProcess.StartOnAsync(Data))
        {
            (image, upload) = await BeginAsync(first);
            await upload.AppendAsync(0, _bytes[..MiB]);
            var at = Path.Combine(Data, path.Replace("{image}", image, StringComparison.Ordinal).Replace("{upload}", upload.Id, StringComparison.Ordinal));
            string[] filter = path.Length == 0 ? [] : ["-P", at];
            await using var strace = await Strace.AttachAsync(first, [.. filter, "-e", $"trace={call}", "-e", $"inject={call}:signal=SIGKILL"]);
            await IgnoreAsync(() => upload.AppendAsync(MiB, _bytes[MiB..]));
            await Eventually.TrueAsync(() => first.HasExited);
        }

        await using var server = await ServerProcess.StartOnAsync(Data);
        var answer = await On(server, upload).HeadAsync();
        Assert.That((answer.Status, ResumableUpload.Offset(answer)), Is.EqualTo((HttpStatusCode.OK, (long?)_bytes.Length)));
        await AssertArrivedAsync(server, image);
        Assert.That(await On(server, upload).OffsetAsync(), Is.EqualTo(_bytes.Length));
    }

    [Test]
    public async Task A_commit_that_failed_is_repeated_by_a_part_without_bytes()
    {
        await using var server = await ServerProcess.StartOnAsync(Data);
        var (image, upload) = await BeginAsync(server);
        await using (await Strace.FailAsync(server, "link", "EIO"))
        {
            var failed = await upload.AppendAsync(0, _bytes);
            Assert.That(failed.Code, Is.EqualTo("StorageIsDown"));
        }

        Assert.That((await upload.AppendAsync(_bytes.Length, [])).Status, Is.EqualTo(HttpStatusCode.NoContent));
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
            Assert.That((await upload.AppendAsync(0, _bytes)).Status, Is.EqualTo(HttpStatusCode.NoContent));
        }

        await AssertArrivedAsync(server, image);
    }

    [Test]
    public async Task A_part_that_the_disk_has_no_space_for_can_be_repeated()
    {
        await using var server = await ServerProcess.StartOnAsync(Data);
        var (image, upload) = await BeginAsync(server);
        await upload.AppendAsync(0, _bytes[..1000]);
        await using (await Strace.FailAsync(server, "pwrite64", "ENOSPC", BytesOf(upload)))
        {
            Assert.That((await upload.AppendAsync(1000, _bytes[1000..])).Code, Is.EqualTo("InsufficientStorage"));
        }

        var offset = (int)(await upload.OffsetAsync())!;
        await upload.AppendAsync(offset, _bytes[offset..]);
        await AssertArrivedAsync(server, image);
    }

    /// <summary>Sends a part from byte 1000 to the end, and lets the flush at its end fail.</summary>
    private async Task<Answer> FailFlushAsync(ServerProcess server, ResumableUpload upload, string when)
    {
        await upload.AppendAsync(0, _bytes[..1000]);
        var body = new GatedContent(_bytes[1000..(2 * MiB)], _bytes[(2 * MiB)..]);
        var part = upload.AppendAsync(1000, body);
        await Eventually.TrueAsync(() => new FileInfo(BytesOf(upload)).Length > MiB);
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
        await upload.AppendAsync(1000, _bytes[1000..]);
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
        await using (await Strace.FailAsync(server, "fsync", "EIO", Path.Combine(Data, ".imgapi-uploads")))
        {
            Assert.That((await upload.DeleteAsync()).Code, Is.EqualTo("StorageIsDown"));
        }

        Assert.That((await upload.DeleteAsync()).Status, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(Directory.GetFiles(Path.Combine(Data, ".imgapi-uploads")), Is.Empty);
    }
}
