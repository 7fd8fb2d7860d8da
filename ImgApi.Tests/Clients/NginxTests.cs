using System.Net;
using System.Security.Cryptography;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Clients;

/// <summary>The nginx configurations of <c>support-files</c>, in front of a server.</summary>
[TestFixture("nginx.conf")]
[TestFixture("nginx-sendfile.conf")]
[Category("Slow")]
internal sealed class NginxTests(string site)
{
    private readonly TemporaryFolder _folder = new();
    private readonly byte[] _file = RandomNumberGenerator.GetBytes(3_000_000);
    private ServerProcess _server = null!;
    private NginxProcess _nginx = null!;
    private HttpClient _client = null!;
    private string _uuid = null!;
    private string _url = null!;

    private string DataFolder => _folder.Combine("data");

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        var config = _folder.Write("config.json", $$"""
            {
              "datadir": "{{DataFolder}}", "port": 0, "address": "127.0.0.1", "xAccelRedirect": "/imgapi-data/",
              "userdb": [{ "name": "{{TestServer.User}}", "password": "{{TestServer.Password}}" }]
            }
            """);
        _server = await ServerProcess.StartAsync(config);
        _nginx = await NginxProcess.StartAsync(site, _server.Address, DataFolder, _folder);
        _client = new HttpClient
        {
            BaseAddress = _nginx.Address,
            DefaultRequestHeaders = { Authorization = TestServer.Basic(TestServer.User, TestServer.Password) },
        };
        _uuid = await _client.CreateAsync(("name", "a b"));
        await _client.UploadAsync(_uuid, _file);
        await _client.ActAsync(_uuid, "activate");
        _url = $"/images/{_uuid}/file";
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _client?.Dispose();
        if (_nginx is not null)
        {
            await _nginx.DisposeAsync();
        }

        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Test]
    public async Task A_file_is_sent_with_the_headers_of_the_server()
    {
        var viaNginx = await _client.GetAnswerAsync(_url);
        var direct = await _server.Admin.GetAnswerAsync(_url);
        Assert.That((viaNginx.Status, viaNginx.Bytes.SequenceEqual(_file)), Is.EqualTo((HttpStatusCode.OK, true)));
        foreach (var header in new[] { "Content-Type", "Content-Length", "Content-MD5", "ETag", "Last-Modified", "Accept-Ranges" })
        {
            Assert.That(viaNginx.Header(header), Is.Not.Null.And.EqualTo(direct.Header(header)), header);
        }
    }

    [TestCase("bytes=0-0")]
    [TestCase("bytes=2999990-")]
    [TestCase("bytes=-5")]
    public async Task A_range_of_a_file_is_sent_with_the_headers_of_the_server(string range)
    {
        var viaNginx = await _client.GetAnswerAsync(_url, ("Range", range));
        var direct = await _server.Admin.GetAnswerAsync(_url, ("Range", range));
        Assert.That(viaNginx.Status, Is.EqualTo(HttpStatusCode.PartialContent));
        Assert.That(viaNginx.Bytes.SequenceEqual(direct.Bytes), Is.True);
        foreach (var header in new[] { "Content-Range", "Content-MD5", "ETag" })
        {
            Assert.That(viaNginx.Header(header), Is.EqualTo(direct.Header(header)), header);
        }
    }

    [Test]
    public async Task A_range_beyond_the_end_is_refused() =>
        Assert.That((await _client.GetAnswerAsync(_url, ("Range", "bytes=3000000-"))).Status, Is.EqualTo(HttpStatusCode.RequestedRangeNotSatisfiable));

    [Test]
    public async Task A_file_that_the_client_has_is_not_sent_again()
    {
        var etag = (await _client.GetAnswerAsync(_url)).Header("ETag")!;
        var answer = await _client.GetAnswerAsync(_url, ("If-None-Match", etag));
        Assert.That((answer.Status, answer.Bytes), Is.EqualTo((HttpStatusCode.NotModified, Array.Empty<byte>())));
    }

    [Test]
    public async Task A_head_has_the_headers_of_the_file_and_no_body()
    {
        var answer = await _client.AnswerAsync(HttpMethod.Head, _url, null);
        Assert.That((answer.Status, answer.Bytes.Length, answer.Header("Content-Length")), Is.EqualTo((HttpStatusCode.OK, 0, "3000000")));
    }

    [Test]
    public async Task An_icon_is_sent()
    {
        var uuid = await _client.CreateAsync();
        await _client.PostAnswerAsync($"/images/{uuid}/icon", Requests.Bytes([1, 2, 3], "image/png"));
        var icon = await _client.GetAnswerAsync($"/images/{uuid}/icon");
        Assert.That((icon.Bytes, icon.Header("Content-Type")), Is.EqualTo((new byte[] { 1, 2, 3 }, "image/png")));
    }

    [Test]
    public async Task An_icon_of_a_page_keeps_the_headers_that_stop_browsers_from_running_it()
    {
        var uuid = await _client.CreateAsync();
        await _client.PostAnswerAsync($"/images/{uuid}/icon", Requests.Bytes([1, 2, 3], "image/png"));
        var icon = await _client.GetAnswerAsync($"/ui/images/{uuid}/icon");
        Assert.That(
            (icon.Header("Content-Security-Policy"), icon.Header("X-Content-Type-Options")), Is.EqualTo(("sandbox; default-src 'none'", "nosniff")));
    }

    [Test]
    public async Task An_unknown_image_is_reported_with_the_error_of_the_server()
    {
        var answer = await _client.GetAnswerAsync($"/images/{Guid.NewGuid()}/file");
        Assert.That((answer.Status, answer.Code), Is.EqualTo((HttpStatusCode.NotFound, "ResourceNotFound")));
    }

    [Test]
    public async Task A_truncated_file_is_not_sent()
    {
        var uuid = await _client.CreateAsync();
        await _client.UploadAsync(uuid, _file);
        var path = Directory.GetFiles(Path.Combine(DataFolder, uuid)).Single(file => new FileInfo(file).Length == _file.Length);
        await using (var cut = File.OpenWrite(path))
        {
            cut.SetLength(1000);
        }

        Assert.That((await _client.GetAnswerAsync($"/images/{uuid}/file")).Status, Is.EqualTo(HttpStatusCode.InternalServerError));
    }

    [Test]
    public async Task The_data_folder_cannot_be_read_by_its_internal_location()
    {
        foreach (var file in Directory.GetFiles(DataFolder, "*", SearchOption.AllDirectories))
        {
            var path = "/imgapi-data/" + Path.GetRelativePath(DataFolder, file);
            Assert.That((await _client.GetAnswerAsync(path)).Status, Is.EqualTo(HttpStatusCode.NotFound), path);
        }
    }
}
