using System.Globalization;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Importing;

/// <summary>Sources that send another file than their manifest announces.</summary>
[TestFixture]
[Category("Slow")]
internal sealed class WrongFileFromSourceTests : ImportFixture
{
    /// <summary>A source of the image whose manifest announces these bytes as gzip.</summary>
    private static ScriptedServer SourceOf(string uuid, byte[] bytes, string head = "200 OK")
    {
        var file = $$""","files":[{"sha1":"{{ImageChain.Sha1(bytes)}}","size":{{bytes.Length}},"compression":"gzip"}]""";
        return new(exchange => exchange.IsForFile ? exchange.SendAsync(head, bytes) : exchange.SendAsync("200 OK", ManifestOf(uuid, file)));
    }

    [Test]
    public async Task A_file_of_another_format_than_announced_is_refused()
    {
        await using var source = SourceOf(Chain.Base, Samples.Bzip2);
        AssertOk(await Admin.ImportFromAsync(Chain.Base, source.Address));
        AssertRefused(
            await Admin.FileFromAsync(Chain.Base, source.Address), 400, "Download",
            "the file is bzip2, not \"gzip\" as its compression says: its manifest there is wrong");
        await AssertNoFileIsKeptAsync(Chain.Base);
    }

    [Test]
    public async Task A_file_that_does_not_match_its_content_md5_is_refused()
    {
        await using var source = SourceOf(Chain.Base, Samples.Gzip, "200 OK\r\nContent-MD5: AAAAAAAAAAAAAAAAAAAAAA==");
        AssertOk(await Admin.ImportFromAsync(Chain.Base, source.Address));
        var answer = await Admin.FileFromAsync(Chain.Base, source.Address);
        AssertRefused(answer, 400, "Download");
        Assert.That(answer.Message, Does.StartWith("Content-MD5 "));
        await AssertNoFileIsKeptAsync(Chain.Base);
    }

    [Test]
    public async Task A_file_with_another_sha1_than_announced_is_refused()
    {
        var uuid = await ImportBaseWithoutFileAsync();
        var wrong = new byte[ImageChain.FileSize];
        await using var source = SourceOfFiles(exchange => exchange.SendAsync("200 OK", wrong));
        AssertRefused(
            await Admin.FileFromAsync(uuid, source.Address), 400, "Download",
            $"\"sha1\" file field, {ImageChain.Sha1(Chain.FileOf(uuid))}, does not match the downloaded file sha1 hash, {ImageChain.Sha1(wrong)}");
        await AssertNoFileIsKeptAsync(uuid);
    }

    [TestCase("", 5, "\"size\" file field, 300000, does not match the \"Content-Length\" header, 5")]
    [TestCase("Transfer-Encoding: chunked", 5, "\"Content-Length\" header, 300000, does not match downloaded size, 5")]
    [TestCase("Transfer-Encoding: chunked", 400_000, "\"Content-Length\" header, 300000, does not match downloaded size, more")]
    public async Task A_file_of_another_size_than_announced_is_refused(string header, int size, string message)
    {
        var uuid = await ImportBaseWithoutFileAsync();
        await using var source = SourceOfFiles(exchange => header.Length == 0
            ? exchange.SendAsync("200 OK", new byte[size])
            : exchange.SendAsync($"200 OK\r\n{header}", Chunked(new byte[size])));
        AssertRefused(await Admin.FileFromAsync(uuid, source.Address), 400, "Download", message);
        await AssertNoFileIsKeptAsync(uuid);
    }

    [Test]
    public async Task A_page_instead_of_the_announced_file_is_refused()
    {
        var uuid = await ImportBaseWithoutFileAsync();
        await using var source = SourceOfFiles(exchange => exchange.SendAsync("200 OK\r\nContent-Type: text/html", "<html></html>"));
        AssertRefused(await Admin.FileFromAsync(uuid, source.Address), 400, "Download");
        await AssertNoFileIsKeptAsync(uuid);
    }

    [TestCase("301 Moved\r\nLocation: http://127.0.0.1:1/", "")]
    [TestCase("404 Not Found", "{\"code\":\"ResourceNotFound\",\"message\":\"image has no file\"}")]
    public async Task A_redirect_or_an_error_instead_of_the_file_is_a_remote_error(string head, string body)
    {
        var uuid = await ImportBaseWithoutFileAsync();
        await using var source = SourceOfFiles(exchange => exchange.SendAsync(head, body));
        var answer = await Admin.FileFromAsync(uuid, source.Address);
        AssertRefused(answer, 503, "RemoteSourceError");
        Assert.That(answer.Message, Does.StartWith($"Unable to get stream for image file {uuid}. Error from remote: "));
        await AssertNoFileIsKeptAsync(uuid);
    }

    private static byte[] Chunked(byte[] bytes) =>
        [.. System.Text.Encoding.ASCII.GetBytes(bytes.Length.ToString("x", CultureInfo.InvariantCulture) + "\r\n"), .. bytes, .. "\r\n0\r\n\r\n"u8];
}
