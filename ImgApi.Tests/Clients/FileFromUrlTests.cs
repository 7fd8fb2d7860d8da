using System.Security.Cryptography.X509Certificates;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Clients;

/// <summary>
/// Downloads of an image file from a URL (contract 5.11) whose certificate the machine trusts. The server is a process, because it reads the
/// trusted certificates from its environment.
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
        Assert.That(Directory.GetFiles(_folder.Combine("data", _uuid)), Has.Length.EqualTo(1));
    }

#pragma warning disable CA5351 // the digest of Content-MD5
    private static string Md5(byte[] bytes) => Convert.ToBase64String(System.Security.Cryptography.MD5.HashData(bytes));
#pragma warning restore CA5351

    [Test]
    public async Task A_file_is_downloaded_and_stored()
    {
        await using var web = new ScriptedServer(exchange => exchange.SendAsync("200 OK", _file), _certificate);
        var answer = await FetchAsync(web, $"compression=xz&dataset_guid=5&sha1={ImageChain.Sha1(_file)}");
        Assert.That((int)answer.Status, Is.EqualTo(200), answer.Text);
        Assert.That((await _client.GetAnswerAsync($"/images/{_uuid}/file")).Bytes.SequenceEqual(_file), Is.True);
        var file = answer.Json.GetProperty("files")[0];
        Assert.That(
            (file.GetProperty("compression").GetString(), file.GetProperty("dataset_guid").GetString()), Is.EqualTo(("xz", "5")));
    }

    [Test]
    public async Task A_download_sends_path_query_and_user_agent()
    {
        await using var web = new ScriptedServer(exchange => exchange.SendAsync("200 OK", _file), _certificate);
        await FetchAsync(web);
        Assert.That(web.Requests.Single().Target, Is.EqualTo("/some/file.gz?token=x"));
        Assert.That(web.Requests.Single().Header("User-Agent"), Does.StartWith("imgapi/"));
    }

    [Test]
    public async Task An_interrupted_download_is_resumed_at_the_byte_where_it_broke()
    {
        await using var web = new ScriptedServer(
            exchange => exchange.Header("Range") is null
                ? exchange.SendAsync("200 OK\r\nLast-Modified: Mon, 23 Nov 2026 03:10:01 GMT\r\nContent-Length: 300000", _file[..1000])
                : exchange.SendAsync("206 Partial\r\nContent-Range: bytes 1000-299999/300000", _file[1000..]),
            _certificate);
        Assert.That((int)(await FetchAsync(web)).Status, Is.EqualTo(200));
        Assert.That(web.Requests.Last().Header("Range"), Is.EqualTo("bytes=1000-"));
        Assert.That(web.Requests.Last().Header("If-Range"), Is.EqualTo("Mon, 23 Nov 2026 03:10:01 GMT"));
        Assert.That((await _client.GetAnswerAsync($"/images/{_uuid}/file")).Bytes.SequenceEqual(_file), Is.True);
    }

    [TestCase("404 Not Found", "<html>", "HTTP 404 error attempting to download image")]
    [TestCase("302 Found\r\nLocation: https://127.0.0.1:1/", "", "HTTP 302 error attempting to download image")]
    [TestCase("200 OK", "", "image file size is 0 bytes, empty files are not allowed")]
    public async Task An_answer_without_a_file_is_refused(string head, string body, string message)
    {
        await using var web = new ScriptedServer(exchange => exchange.SendAsync(head, body), _certificate);
        await AssertDownloadErrorAsync(web, message);
    }

    [Test]
    public async Task A_file_with_another_sha1_than_declared_is_refused()
    {
        var other = new string('0', 40);
        await using var web = new ScriptedServer(exchange => exchange.SendAsync("200 OK", _file), _certificate);
        await AssertDownloadErrorAsync(
            web, $"expected sha1 hash, {other}, does not match the uploaded file sha1 hash, {ImageChain.Sha1(_file)}", $"compression=gzip&sha1={other}");
    }

    [Test]
    public async Task A_truncated_file_is_refused()
    {
        await using var web = new ScriptedServer(exchange => exchange.SendAsync("200 OK\r\nContent-Length: 300000", _file[..1000]), _certificate);
        Assert.That((await FetchAsync(web)).Message, Does.StartWith("Error getting image: "));
    }

    [Test]
    public async Task A_file_of_another_format_than_declared_is_refused()
    {
        await using var web = new ScriptedServer(exchange => exchange.SendAsync("200 OK", Samples.Bzip2), _certificate);
        await AssertDownloadErrorAsync(web, "the file is bzip2, not \"gzip\" as its compression says: send compression=bzip2");
    }

    [Test]
    public async Task A_file_of_another_size_than_declared_is_refused()
    {
        await using var web = new ScriptedServer(exchange => exchange.SendAsync("200 OK", Samples.Bzip2), _certificate);
        await AssertDownloadErrorAsync(
            web, $"\"size\" parameter, 5, does not match the size of the image file, {Samples.Bzip2.Length}", "compression=bzip2&size=5");
    }

    [Test]
    public async Task A_file_that_does_not_match_its_content_md5_is_refused()
    {
        await using var web = new ScriptedServer(
            exchange => exchange.SendAsync("200 OK\r\nContent-MD5: AAAAAAAAAAAAAAAAAAAAAA==", Samples.Bzip2), _certificate);
        var answer = await FetchAsync(web, "compression=bzip2");
        Assert.That((answer.Code, answer.Message), Is.EqualTo(
            ("Download", $"Content-MD5 'AAAAAAAAAAAAAAAAAAAAAA==' didn't match '{Md5(Samples.Bzip2)}'")));
    }

    [Test]
    public async Task A_malformed_sha1_is_refused_before_the_download()
    {
        await using var web = new ScriptedServer(exchange => exchange.SendAsync("200 OK", _file), _certificate);
        var answer = await FetchAsync(web, "compression=gzip&sha1=abc");
        Assert.That(((int)answer.Status, answer.Code), Is.EqualTo((422, "InvalidParameter")));
        Assert.That(web.Requests, Is.Empty);
    }

    [Test]
    public async Task A_missing_compression_is_detected_from_the_file()
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
