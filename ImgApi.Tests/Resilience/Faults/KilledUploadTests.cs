using System.Net;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Resilience.Faults;

/// <summary>A server that is killed during a resumable upload.</summary>
[TestFixture]
[Category("Slow")]
[Category("Crash")]
internal sealed class KilledUploadTests : UploadProcessFixture
{
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

    private async Task<(string Image, ResumableUpload Upload)> KillInPartAsync(params (string Name, string Value)[] headers)
    {
        await using var server = await ServerProcess.StartOnAsync(Data);
        var (image, upload) = await BeginAsync(server);
        var (body, part) = await StallAsync(upload, headers);
        await server.KillAsync();
        body.LetGo();
        await IgnoreAsync(() => part);
        return (image, upload);
    }

    private async Task CompleteAsync(ServerProcess server, string image, ResumableUpload upload)
    {
        var offset = (int)(await upload.OffsetAsync())!;
        Assert.That((await upload.AppendAsync(offset, Bytes[offset..])).Status, Is.EqualTo(HttpStatusCode.NoContent));
        await AssertArrivedAsync(server, image);
    }

    [Test]
    public async Task An_upload_continues_with_the_bytes_that_were_written_before_the_kill()
    {
        var (image, upload) = await KillInPartAsync();
        var written = new FileInfo(BytesOf(upload)).Length;
        await using var server = await ServerProcess.StartOnAsync(Data);
        Assert.That(await On(server, upload).OffsetAsync(), Is.EqualTo(written));
        await CompleteAsync(server, image, On(server, upload));
    }

    [Test]
    public async Task An_upload_continues_before_the_part_whose_checksum_was_not_verified_before_the_kill()
    {
        var (image, upload) = await KillInPartAsync(("Upload-Checksum", $"sha1 {Convert.ToBase64String(new byte[20])}"));
        await using var server = await ServerProcess.StartOnAsync(Data);
        var listed = (await server.Admin.GetAnswerAsync("/health")).Json.GetProperty("uploads")[0].GetProperty("offset").GetInt64();
        Assert.That((listed, await On(server, upload).OffsetAsync()), Is.EqualTo((1000, 1000)));
        await CompleteAsync(server, image, On(server, upload));
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
            await upload.AppendAsync(0, Bytes[..MiB]);
            var at = Path.Combine(Data, path.Replace("{image}", image, StringComparison.Ordinal).Replace("{upload}", upload.Id, StringComparison.Ordinal));
            string[] filter = path.Length == 0 ? [] : ["-P", at];
            await using var strace = await Strace.AttachAsync(first, [.. filter, "-e", $"trace={call}", "-e", $"inject={call}:signal=SIGKILL"]);
            await IgnoreAsync(() => upload.AppendAsync(MiB, Bytes[MiB..]));
            await Eventually.TrueAsync(() => first.HasExited);
        }

        await using var server = await ServerProcess.StartOnAsync(Data);
        var answer = await On(server, upload).HeadAsync();
        Assert.That((answer.Status, ResumableUpload.Offset(answer)), Is.EqualTo((HttpStatusCode.OK, (long?)Bytes.Length)));
        await AssertArrivedAsync(server, image);
        Assert.That(await On(server, upload).OffsetAsync(), Is.EqualTo(Bytes.Length));
    }
}
