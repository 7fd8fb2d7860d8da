using System.Security.Cryptography.X509Certificates;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Clients;

/// <summary>
/// AddImageFileFromUrl from a source whose certificate the machine trusts (contract 5.11). The server is a process of its own, because the
/// trusted certificates are read from its environment.
/// </summary>
[TestFixture]
[Platform("Linux", Reason = "SSL_CERT_FILE")]
internal sealed class FileFromUrlTests
{
    private readonly TemporaryFolder _folder = new();
    private readonly byte[] _file = new byte[300_000];
    private X509Certificate2 _certificate = null!;
    private ServerProcess _server = null!;
    private HttpClient _client = null!;
    private string _uuid = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        Random.Shared.NextBytes(_file);
        _certificate = Certificates.SelfSigned();
        var trusted = _folder.Write("trusted.pem", _certificate.ExportCertificatePem());
        var config = _folder.Write(
            "config.json",
            $$"""{"datadir":"{{_folder.Combine("data")}}","port":0,"address":"127.0.0.1","authType":"none","maxImageSize":300000}""");
        _server = await ServerProcess.StartAsync(config, "env", $"SSL_CERT_FILE={trusted}");
        _client = new HttpClient { BaseAddress = _server.Address };
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        _certificate.Dispose();
        _folder.Dispose();
    }

    [SetUp]
    public async Task CreateAsync() => _uuid = await _client.CreateAsync();

    private async Task<Answer> FetchAsync(ScriptedServer web, string query = "compression=gzip") => await _client.PostAnswerAsync(
        $"/images/{_uuid}/file/from-url?{query}", Requests.Json(new { file_url = $"{web.Address}some/file.gz?token=x" }));

    private async Task AssertDownloadErrorAsync(ScriptedServer web, string message, string query = "compression=gzip")
    {
        var answer = await FetchAsync(web, query);
        Assert.That(((int)answer.Status, answer.Code, answer.Message), Is.EqualTo((400, "Download", message)));
        Assert.That((await _client.GetAnswerAsync($"/images/{_uuid}")).Json.GetProperty("files").GetArrayLength(), Is.Zero);
        Assert.That(Directory.GetFiles(_folder.Combine("data", _uuid)), Has.Length.EqualTo(1), "nothing stays");
    }

#pragma warning disable CA5351 // What the header has.
    private static string Md5(byte[] bytes) => Convert.ToBase64String(System.Security.Cryptography.MD5.HashData(bytes));
#pragma warning restore CA5351

    [Test]
    public async Task A_file_comes()
    {
        await using var web = new ScriptedServer(exchange => exchange.SendAsync("200 OK", _file), _certificate);
        var answer = await FetchAsync(web, $"compression=xz&dataset_guid=5&sha1={ImageChain.Sha1(_file)}");
        Assert.That((int)answer.Status, Is.EqualTo(200), answer.Text);
        var file = answer.Json.GetProperty("files")[0];
        Assert.That(file.GetProperty("compression").GetString(), Is.EqualTo("xz"));
        Assert.That(file.GetProperty("dataset_guid").GetString(), Is.EqualTo("5"));
        Assert.That((await _client.GetAnswerAsync($"/images/{_uuid}/file")).Bytes, Is.EqualTo(_file));
        Assert.That(web.Requests.Single().Target, Is.EqualTo("/some/file.gz?token=x"));
        Assert.That(web.Requests.Single().Header("User-Agent"), Does.StartWith("imgapi/"));
    }

    [Test]
    public async Task A_broken_connection_is_taken_up_where_it_broke()
    {
        await using var web = new ScriptedServer(
            exchange => exchange.Header("Range") is null
                ? exchange.SendAsync("200 OK\r\nLast-Modified: Mon, 23 Nov 2026 03:10:01 GMT\r\nContent-Length: 300000", _file[..1000])
                : exchange.SendAsync("206 Partial\r\nContent-Range: bytes 1000-299999/300000", _file[1000..]),
            _certificate);
        Assert.That((int)(await FetchAsync(web)).Status, Is.EqualTo(200));
        Assert.That(web.Requests.Last().Header("Range"), Is.EqualTo("bytes=1000-"));
        Assert.That(web.Requests.Last().Header("If-Range"), Is.EqualTo("Mon, 23 Nov 2026 03:10:01 GMT"));
        Assert.That((await _client.GetAnswerAsync($"/images/{_uuid}/file")).Bytes, Is.EqualTo(_file));
    }

    [Test]
    public async Task Failures_are_told_in_the_contracts_words()
    {
        await using var missing = new ScriptedServer(exchange => exchange.SendAsync("404 Not Found", "<html>"), _certificate);
        await AssertDownloadErrorAsync(missing, "HTTP 404 error attempting to download image");
        await using var moved = new ScriptedServer(exchange => exchange.SendAsync("302 Found\r\nLocation: https://127.0.0.1:1/"), _certificate);
        await AssertDownloadErrorAsync(moved, "HTTP 302 error attempting to download image");
        await using var empty = new ScriptedServer(exchange => exchange.SendAsync("200 OK"), _certificate);
        await AssertDownloadErrorAsync(empty, "image file size is 0 bytes, empty files are not allowed");
        var other = new string('0', 40);
        await using var wrong = new ScriptedServer(exchange => exchange.SendAsync("200 OK", _file), _certificate);
        await AssertDownloadErrorAsync(
            wrong, $"expected sha1 hash, {other}, does not match the uploaded file sha1 hash, {ImageChain.Sha1(_file)}", $"compression=gzip&sha1={other}");
        await using var cut = new ScriptedServer(exchange => exchange.SendAsync("200 OK\r\nContent-Length: 300000", _file[..1000]), _certificate);
        var answer = await FetchAsync(cut);
        Assert.That(answer.Message, Does.StartWith("Error getting image: "));
    }

    [Test]
    public async Task What_the_bytes_are_is_held_against_what_was_said()
    {
        await using var web = new ScriptedServer(exchange => exchange.SendAsync("200 OK", Samples.Bzip2), _certificate);
        await AssertDownloadErrorAsync(web, "the file is bzip2, not \"gzip\" as its compression says: send compression=bzip2");
        await AssertDownloadErrorAsync(
            web, $"\"size\" parameter, 5, does not match the size of the image file, {Samples.Bzip2.Length}", "compression=bzip2&size=5");
        await using var damaged = new ScriptedServer(
            exchange => exchange.SendAsync("200 OK\r\nContent-MD5: AAAAAAAAAAAAAAAAAAAAAA==", Samples.Bzip2), _certificate);
        var answer = await FetchAsync(damaged, "compression=bzip2");
        Assert.That((answer.Code, answer.Message), Is.EqualTo(
            ("Download", $"Content-MD5 'AAAAAAAAAAAAAAAAAAAAAA==' didn't match '{Md5(Samples.Bzip2)}'")));
    }

    [Test]
    public async Task A_malformed_sha1_is_refused_before_the_file_is_fetched()
    {
        await using var web = new ScriptedServer(exchange => exchange.SendAsync("200 OK", _file), _certificate);
        var answer = await FetchAsync(web, "compression=gzip&sha1=abc");
        Assert.That(((int)answer.Status, answer.Code), Is.EqualTo((422, "InvalidParameter")));
        Assert.That(web.Requests, Is.Empty);
    }

    [Test]
    public async Task The_compression_is_told_by_the_bytes_where_the_request_is_silent()
    {
        await using var web = new ScriptedServer(exchange => exchange.SendAsync("200 OK", Samples.Xz), _certificate);
        var answer = await FetchAsync(web, "");
        Assert.That(answer.Json.GetProperty("files")[0].GetProperty("compression").GetString(), Is.EqualTo("xz"));
    }

    [Test]
    public async Task A_file_that_is_too_big_is_refused()
    {
        await using var web = new ScriptedServer(exchange => exchange.SendAsync("200 OK\r\nContent-Length: 300001", _file), _certificate);
        var answer = await FetchAsync(web);
        Assert.That((answer.Code, answer.Message), Is.EqualTo(
            ("Upload", "image file size 300001 (from Content-Length) exceeds the maximum allowed size, 300000 B")));
    }
}
