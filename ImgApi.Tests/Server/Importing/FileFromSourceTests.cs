using System.Globalization;
using ImgApi.Tests.Specification;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Importing;

/// <summary>AddImageFile, form B (contract 5.10).</summary>
[TestFixture]
[Category("Slow")]
internal sealed class FileFromSourceTests : ImportFixture
{
    private const int Cut = 100_000;

    [Test]
    [Check(114)]
    public async Task A_file_from_a_source_gets_the_file_entry_of_its_manifest_there()
    {
        var uuid = await BaseWithoutFileAsync();
        var answer = await Admin.FileFromAsync(uuid, Source.Address);
        AssertOk(answer);
        var there = (await Source.Anonymous.GetAnswerAsync($"/images/{uuid}")).Json;
        Assert.That(answer.Json.GetProperty("files").GetRawText(), Is.EqualTo(there.GetProperty("files").GetRawText()));
        await Admin.ActAsync(uuid, "activate");
        await AssertIsCopyAsync(uuid);
        AssertRefused(await Admin.FileFromAsync(uuid, "http://127.0.0.1:1"), 422, "ImageFilesImmutable");
    }

    [Test]
    public async Task Refusals_come_before_the_source_is_asked()
    {
        var uuid = await BaseWithoutFileAsync();
        AssertRefused(await Admin.FileFromAsync(Chain.Top, "http://127.0.0.1:1"), 404, "ResourceNotFound");
        AssertRefused(await Admin.FileFromAsync(uuid, "http://127.0.0.1:1", "&storage=foo"), 422, "InvalidParameter");
        AssertRefused(
            await Admin.FileFromAsync(uuid, "file:///etc/passwd"), 503, "RemoteSourceError",
            $"Unable to get manifest for image {uuid}. Error from remote: the source is not an http or https URL");
        AssertRefused(
            await Admin.FileFromAsync(uuid, "http://127.0.0.1:1"), 503, "RemoteSourceError",
            $"Unable to get manifest for image {uuid}. Error from remote: Connection refused");
    }

    [Test]
    public async Task Bytes_of_another_known_format_than_the_manifest_there_says_are_refused()
    {
        var uuid = Guid.NewGuid().ToString();
        var file = $$""","files":[{"sha1":"{{ImageChain.Sha1(Samples.Bzip2)}}","size":{{Samples.Bzip2.Length}},"compression":"gzip"}]""";
        await using var wrong = new ScriptedServer(exchange => exchange.IsForFile
            ? exchange.SendAsync("200 OK", Samples.Bzip2)
            : exchange.SendAsync("200 OK", ManifestOf(uuid, file)));
        AssertOk(await Admin.ImportFromAsync(uuid, wrong.Address));
        AssertRefused(
            await Admin.FileFromAsync(uuid, wrong.Address), 400, "Download",
            "the file is bzip2, not \"gzip\" as its compression says: its manifest there is wrong");
        await AssertNothingStaysAsync(uuid);
    }

    [Test]
    public async Task A_content_md5_that_the_bytes_do_not_have_is_refused()
    {
        var uuid = Guid.NewGuid().ToString();
        var file = $$""","files":[{"sha1":"{{ImageChain.Sha1(Samples.Gzip)}}","size":{{Samples.Gzip.Length}},"compression":"gzip"}]""";
        await using var wrong = new ScriptedServer(exchange => exchange.IsForFile
            ? exchange.SendAsync("200 OK\r\nContent-MD5: AAAAAAAAAAAAAAAAAAAAAA==", Samples.Gzip)
            : exchange.SendAsync("200 OK", ManifestOf(uuid, file)));
        AssertOk(await Admin.ImportFromAsync(uuid, wrong.Address));
        var answer = await Admin.FileFromAsync(uuid, wrong.Address);
        AssertRefused(answer, 400, "Download");
        Assert.That(answer.Message, Does.StartWith("Content-MD5 "));
        await AssertNothingStaysAsync(uuid);
    }

    [Test]
    public async Task A_broken_connection_is_taken_up_where_it_broke()
    {
        var uuid = await BaseWithoutFileAsync();
        var files = 0;
        await using var line = new ScriptedServer(exchange => exchange.ForwardAsync(
            Source.Address, exchange.IsForFile && ++files < 3 ? Cut : null));
        AssertOk(await Admin.FileFromAsync(uuid, line.Address));
        Assert.That(line.FileRequests.Select(request => request.Header("Range")), Is.EqualTo(new[] { null, "bytes=100000-", "bytes=200000-" }));
        Assert.That(line.FileRequests[1].Header("If-Range"), Is.EqualTo(ImageChain.Sha1(Chain.FileOf(uuid))));
        Assert.That((await Admin.GetAnswerAsync($"/images/{uuid}/file")).Bytes, Is.EqualTo(Chain.FileOf(uuid)));
    }

    [Test]
    public async Task A_source_that_cannot_go_on_in_the_middle_fails_and_nothing_stays()
    {
        var uuid = await BaseWithoutFileAsync();
        await using var line = new ScriptedServer(exchange => exchange.ForwardAsync(
            Source.Address, exchange.IsForFile ? Cut : null, dropRange: true));
        var answer = await Admin.FileFromAsync(uuid, line.Address);
        AssertRefused(answer, 400, "Download");
        Assert.That(answer.Message, Does.StartWith("\"Content-Length\" header, 300000, does not match downloaded size, 100000"));
        await AssertNothingStaysAsync(uuid);
    }

    [Test]
    public async Task A_line_that_keeps_breaking_is_given_up()
    {
        var uuid = await BaseWithoutFileAsync();
        var files = 0;
        await using var line = new ScriptedServer(exchange => exchange.ForwardAsync(
            Source.Address, exchange.IsForFile ? (files++ == 0 ? Cut : 0) : null));
        var answer = await Admin.FileFromAsync(uuid, line.Address);
        AssertRefused(answer, 400, "Download");
        Assert.That(answer.Message, Does.Contain("downloaded size, 100000").And.Contain("given up after 5 attempts"));
        Assert.That(line.FileRequests, Has.Length.EqualTo(6));
        await AssertNothingStaysAsync(uuid);
    }

    [Test]
    public async Task Content_that_changed_meanwhile_is_not_glued_together()
    {
        var uuid = await BaseWithoutFileAsync();
        var file = Chain.FileOf(uuid);
        await using var source = new ScriptedServer(exchange => exchange switch
        {
            { IsForFile: false } => exchange.ForwardAsync(Source.Address),
            _ when exchange.Header("Range") is null => exchange.SendAsync("200 OK\r\nETag: \"a\"\r\nContent-Length: 300000", file[..Cut]),
            _ => exchange.SendAsync("206 Partial\r\nETag: \"b\"\r\nContent-Range: bytes 100000-299999/300000", file[Cut..]),
        });
        var answer = await Admin.FileFromAsync(uuid, source.Address);
        AssertRefused(answer, 400, "Download");
        Assert.That(answer.Message, Does.Contain("cannot go on where it stopped"));
        await AssertNothingStaysAsync(uuid);
    }

    [Test]
    public async Task Wrong_bytes_are_refused_in_the_contracts_words()
    {
        var uuid = await BaseWithoutFileAsync();
        var wrong = new byte[ImageChain.FileSize];
        await using var source = Serving(exchange => exchange.SendAsync("200 OK", wrong));
        AssertRefused(
            await Admin.FileFromAsync(uuid, source.Address), 400, "Download",
            $"\"sha1\" file field, {ImageChain.Sha1(Chain.FileOf(uuid))}, does not match the downloaded file sha1 hash, {ImageChain.Sha1(wrong)}");
        await AssertNothingStaysAsync(uuid);
    }

    [TestCase("", 5, "\"size\" file field, 300000, does not match the \"Content-Length\" header, 5")]
    [TestCase("Transfer-Encoding: chunked", 5, "\"Content-Length\" header, 300000, does not match downloaded size, 5")]
    [TestCase("Transfer-Encoding: chunked", 400_000, "\"Content-Length\" header, 300000, does not match downloaded size, more")]
    public async Task A_wrong_size_is_refused(string header, int size, string message)
    {
        var uuid = await BaseWithoutFileAsync();
        await using var source = Serving(exchange => header.Length == 0
            ? exchange.SendAsync("200 OK", new byte[size])
            : exchange.SendAsync($"200 OK\r\n{header}", Chunked(new byte[size])));
        AssertRefused(await Admin.FileFromAsync(uuid, source.Address), 400, "Download", message);
        await AssertNothingStaysAsync(uuid);
    }

    [TestCase("200 OK\r\nContent-Type: text/html", "<html></html>", 400, "Download")]
    [TestCase("301 Moved\r\nLocation: http://127.0.0.1:1/", "", 503, "RemoteSourceError")]
    [TestCase("404 Not Found", "{\"code\":\"ResourceNotFound\",\"message\":\"image has no file\"}", 503, "RemoteSourceError")]
    public async Task What_is_no_file_is_refused(string head, string body, int status, string code)
    {
        var uuid = await BaseWithoutFileAsync();
        await using var source = Serving(exchange => exchange.SendAsync(head, body));
        var answer = await Admin.FileFromAsync(uuid, source.Address);
        AssertRefused(answer, status, code);
        if (status == 503)
        {
            Assert.That(answer.Message, Does.StartWith($"Unable to get stream for image file {uuid}. Error from remote: "));
        }

        await AssertNothingStaysAsync(uuid);
    }

    [TestCase("")]
    [TestCase(",\"files\":[]")]
    [TestCase(",\"files\":[{\"sha1\":\"../../x\",\"size\":1,\"compression\":\"gzip\"}]")]
    [TestCase(",\"files\":[{\"sha1\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\",\"size\":-1,\"compression\":\"gzip\"}]")]
    [TestCase(",\"files\":[{\"sha1\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\",\"size\":1,\"compression\":\"zip\"}]")]
    [TestCase(",\"files\":[5]")]
    public async Task A_manifest_without_a_usable_file_is_a_remote_error(string files)
    {
        var uuid = await BaseWithoutFileAsync();
        await using var source = new ScriptedServer(exchange => exchange.SendJsonAsync(ManifestOf(uuid, files)));
        AssertRefused(await Admin.FileFromAsync(uuid, source.Address), 503, "RemoteSourceError");
    }

    [Test]
    public async Task A_file_that_says_to_be_too_big_is_not_fetched()
    {
        var uuid = await BaseWithoutFileAsync();
        await using var source = new ScriptedServer(exchange => exchange.SendJsonAsync(ManifestOf(
            uuid, ",\"files\":[{\"sha1\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\",\"size\":21474836481,\"compression\":\"gzip\"}]")));
        AssertRefused(await Admin.FileFromAsync(uuid, source.Address), 400, "Upload");
        Assert.That(source.FileRequests, Is.Empty);
    }

    [Test]
    public async Task A_client_that_goes_away_ends_the_transfer()
    {
        var uuid = await BaseWithoutFileAsync();
        var never = new TaskCompletionSource();
        await using var line = new ScriptedServer(exchange => exchange.ForwardAsync(
            Source.Address, exchange.IsForFile ? Cut : null, exchange.IsForFile ? never.Task : null));
        using var leaving = new CancellationTokenSource();
        var request = Admin.PutAsync($"/images/{uuid}/file?source={Uri.EscapeDataString(line.Address.ToString())}", null, leaving.Token);
        await Eventually.TrueAsync(() => Directory.GetFiles(Path.Combine(Server.DataFolder, uuid)).Length == 2);
        await leaving.CancelAsync();
        Assert.That(async () => await request, Throws.InstanceOf<OperationCanceledException>());
        await Eventually.TrueAsync(() => Directory.GetFiles(Path.Combine(Server.DataFolder, uuid)).Length == 1);
        never.SetResult();
    }

    /// <summary>A source whose manifests are real, and whose files are not.</summary>
    private ScriptedServer Serving(Func<Exchange, Task> file) =>
        new(exchange => exchange.IsForFile ? file(exchange) : exchange.ForwardAsync(Source.Address));

    private static byte[] Chunked(byte[] bytes) =>
        [.. System.Text.Encoding.ASCII.GetBytes(bytes.Length.ToString("x", CultureInfo.InvariantCulture) + "\r\n"), .. bytes, .. "\r\n0\r\n\r\n"u8];
}
