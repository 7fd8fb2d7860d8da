using System.Net;
using System.Security.Cryptography;
using ImgApi.Api.Configuration;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Uploads;

/// <summary>Resumable uploads, by the rules of the tus protocol 1.0.</summary>
[TestFixture]
internal sealed class ResumableUploadTests
{
    private static readonly byte[] Bytes = Samples.Compress(RandomNumberGenerator.GetBytes(10_000));

    private TestServer _server = null!;
    private string _image = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _server = await TestServer.StartAsync(
        maxFileSize: 1_000_000,
        configure: configuration => configuration with { Channels = [Channel("dev", isDefault: true), Channel("release")] });

    private static ConfiguredChannel Channel(string name, bool isDefault = false) => new() { Name = name, Description = name, Default = isDefault };

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [SetUp]
    public async Task CreateAsync() => _image = await _server.Admin.CreateAsync();

    private Task<ResumableUpload> BeginAsync(long? length = null, string metadata = "compression=gzip", string query = "") =>
        ResumableUpload.BeginAsync(_server.Admin, _image, length ?? Bytes.Length, metadata, query);

    private Task<Answer> CreateAsync(string length, string metadata = "", string query = "") =>
        ResumableUpload.CreateAsync(_server.Admin, _image, length, metadata, query);

    private async Task<byte[]> DownloadAsync() => (await _server.Admin.GetAnswerAsync($"/images/{_image}/file")).Bytes;

    [Test]
    public async Task A_created_upload_has_a_url_an_offset_of_zero_and_a_time_of_expiry()
    {
        var answer = await CreateAsync("100");
        Assert.That((answer.Status, answer.Header("Upload-Offset"), answer.Header("Tus-Resumable")), Is.EqualTo((HttpStatusCode.Created, "0", "1.0.0")));
        Assert.That(answer.Header("Location"), Does.StartWith($"{_server.Address}images/{_image}/file/uploads/"));
        Assert.That(DateTimeOffset.TryParse(answer.Header("Upload-Expires"), out _), Is.True);
    }

    [Test]
    public async Task The_part_with_the_last_byte_makes_the_upload_the_file_of_the_image()
    {
        var upload = await BeginAsync();
        var first = await upload.AppendAsync(0, Bytes[..4000]);
        Assert.That((first.Status, first.Header("Upload-Offset"), first.Header("Tus-Resumable")), Is.EqualTo((HttpStatusCode.NoContent, "4000", "1.0.0")));
        Assert.That((await _server.Admin.GetAnswerAsync($"/images/{_image}")).Json.GetProperty("files").GetArrayLength(), Is.Zero);
        var last = await upload.AppendAsync(4000, Bytes[4000..]);
        Assert.That((last.Status, last.Header("Upload-Offset")), Is.EqualTo((HttpStatusCode.NoContent, $"{Bytes.Length}")));
        Assert.That(await DownloadAsync(), Is.EqualTo(Bytes));
    }

    [Test]
    public async Task The_file_has_the_digests_and_the_description_of_the_upload()
    {
        var upload = await BeginAsync(metadata: "compression=gzip;dataset_guid=1234;filename=web.zfs.gz;filetype=application/gzip");
        await upload.AppendAsync(0, Bytes);
        var file = (await _server.Admin.GetAnswerAsync($"/images/{_image}")).Json.GetProperty("files")[0];
        Assert.That(
            (file.GetProperty("sha1").GetString(), file.GetProperty("size").GetInt32(), file.GetProperty("compression").GetString(), file.GetProperty("dataset_guid").GetString()),
            Is.EqualTo((Sha1(Bytes), Bytes.Length, "gzip", "1234")));
        Assert.That((await _server.Admin.GetAnswerAsync($"/images/{_image}/file")).Header("Content-MD5"), Is.EqualTo(Md5(Bytes)));
    }

    [Test]
    public async Task A_compression_that_is_not_given_is_detected()
    {
        await (await BeginAsync(metadata: "")).AppendAsync(0, Bytes);
        var file = (await _server.Admin.GetAnswerAsync($"/images/{_image}")).Json.GetProperty("files")[0];
        Assert.That(file.GetProperty("compression").GetString(), Is.EqualTo("gzip"));
    }

    [Test]
    public async Task A_head_request_returns_offset_length_and_metadata_and_is_not_stored()
    {
        var upload = await BeginAsync(metadata: "filename=web");
        await upload.AppendAsync(0, Bytes[..500]);
        var answer = await upload.HeadAsync();
        Assert.That(
            (answer.Status, answer.Header("Upload-Offset"), answer.Header("Upload-Length"), answer.Header("Upload-Metadata")),
            Is.EqualTo((HttpStatusCode.OK, "500", $"{Bytes.Length}", $"filename {ResumableUpload.Base64("web")}")));
        Assert.That(answer.Header("Cache-Control"), Is.EqualTo("private, no-store"));
        Assert.That(DateTimeOffset.TryParseExact(answer.Header("Upload-Expires"), "r", null, System.Globalization.DateTimeStyles.None, out _), Is.True);
    }

    [Test]
    public async Task A_finished_upload_still_tells_that_it_is_complete()
    {
        var upload = await BeginAsync();
        await upload.AppendAsync(0, Bytes);
        await _server.Admin.ActAsync(_image, "activate");
        Assert.That(await upload.OffsetAsync(), Is.EqualTo(Bytes.Length));
        Assert.That((await upload.AppendAsync(Bytes.Length, [])).Status, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That((await upload.AppendAsync(0, Bytes)).Code, Is.EqualTo("UploadConflict"));
    }

    [TestCase(3)]
    [TestCase(501)]
    [TestCase(100_000)]
    public async Task A_part_that_begins_elsewhere_is_refused_and_changes_nothing(int offset)
    {
        var upload = await BeginAsync();
        await upload.AppendAsync(0, Bytes[..500]);
        var answer = await upload.AppendAsync(offset, [1, 2, 3]);
        Assert.That(((int)answer.Status, answer.Code, await upload.OffsetAsync()), Is.EqualTo((409, "UploadConflict", 500)));
    }

    [Test]
    public async Task A_part_of_another_content_type_is_refused()
    {
        var upload = await BeginAsync();
        using var body = Requests.Bytes(Bytes, "application/octet-stream");
        var answer = await _server.Admin.AnswerAsync(HttpMethod.Patch, upload.Url, body, ResumableUpload.Version, ("Upload-Offset", "0"));
        Assert.That(((int)answer.Status, answer.Code, await upload.OffsetAsync()), Is.EqualTo((415, "UnsupportedMediaTypeError", 0)));
    }

    [TestCase("POST", "")]
    [TestCase("HEAD", "/{0}")]
    [TestCase("PATCH", "/{0}")]
    [TestCase("DELETE", "/{0}")]
    public async Task A_request_of_another_protocol_version_is_refused_with_the_supported_version(string method, string path)
    {
        var upload = await BeginAsync();
        var url = $"/images/{_image}/file/uploads{path.Replace("{0}", upload.Id, StringComparison.Ordinal)}";
        foreach (var headers in new (string, string)[][] { [], [("Tus-Resumable", "0.2.2")] })
        {
            var answer = await _server.Admin.AnswerAsync(new HttpMethod(method), url, null, headers);
            Assert.That(((int)answer.Status, answer.Header("Tus-Version"), answer.Header("Tus-Resumable")), Is.EqualTo((412, "1.0.0", "1.0.0")));
        }
    }

    [TestCase("PATCH", "{0}", false, 401)]
    [TestCase("PATCH", "nonsense", true, 404)]
    [TestCase("PUT", "{0}", true, 405)]
    public async Task Every_error_names_the_protocol_version(string method, string id, bool hasCredentials, int status)
    {
        var upload = await BeginAsync();
        var url = $"/images/{_image}/file/uploads/{id.Replace("{0}", upload.Id, StringComparison.Ordinal)}";
        var answer = await (hasCredentials ? _server.Admin : _server.Anonymous).AnswerAsync(new HttpMethod(method), url, null, ResumableUpload.Version);
        Assert.That(((int)answer.Status, answer.Header("Tus-Resumable")), Is.EqualTo((status, "1.0.0")));
    }

    [Test]
    public async Task The_methods_of_an_upload_are_listed_with_head()
    {
        var upload = await BeginAsync();
        var answer = await _server.Admin.AnswerAsync(HttpMethod.Put, upload.Url, null, ResumableUpload.Version);
        Assert.That(answer.Header("Allow"), Is.EqualTo("HEAD, DELETE, PATCH, OPTIONS"));
    }

    [TestCase("")]
    [TestCase("/{0}")]
    public async Task An_options_request_without_credentials_tells_what_the_server_supports(string path)
    {
        var upload = await BeginAsync();
        var answer = await _server.Anonymous.AnswerAsync(
            HttpMethod.Options, $"/images/{_image}/file/uploads{path.Replace("{0}", upload.Id, StringComparison.Ordinal)}", null);
        Assert.That(
            (answer.Status, answer.Header("Tus-Version"), answer.Header("Tus-Extension"), answer.Header("Tus-Max-Size"), answer.Header("Tus-Checksum-Algorithm")),
            Is.EqualTo((HttpStatusCode.NoContent, "1.0.0", "creation,termination,expiration,checksum", "1000000", "sha1")));
    }

    [Test]
    public async Task A_deleted_upload_is_unknown_and_the_image_is_unchanged()
    {
        var upload = await BeginAsync();
        await upload.AppendAsync(0, Bytes[..500]);
        var answer = await upload.DeleteAsync();
        Assert.That((answer.Status, (await upload.HeadAsync()).Status), Is.EqualTo((HttpStatusCode.NoContent, HttpStatusCode.NotFound)));
        Assert.That((await _server.Admin.GetAnswerAsync($"/images/{_image}")).Json.GetProperty("files").GetArrayLength(), Is.Zero);
    }

    [TestCase("PATCH", 204)]
    [TestCase("DELETE", 204)]
    [TestCase("GET", 400)]
    public async Task A_post_stands_for_the_method_that_it_names(string method, int status)
    {
        var upload = await BeginAsync();
        using var body = Requests.Bytes(Bytes, "application/offset+octet-stream");
        var answer = await _server.Admin.PostAnswerAsync(upload.Url, body, ResumableUpload.Version, ("Upload-Offset", "0"), ("X-HTTP-Method-Override", method));
        Assert.That((int)answer.Status, Is.EqualTo(status));
    }

    [Test]
    public async Task The_url_of_an_upload_keeps_account_and_channel()
    {
        var owner = Guid.NewGuid().ToString();
        _image = await _server.Admin.CreateAsync(("owner", owner));
        await _server.Admin.ActAsync(_image, "channel-add", Requests.Json(new { channel = "release" }));
        var upload = await BeginAsync(query: $"?account={owner}&channel=release");
        Assert.That(new Uri(upload.Url).Query, Is.EqualTo($"?account={owner}&channel=release"));
        Assert.That((await upload.AppendAsync(0, Bytes)).Status, Is.EqualTo(HttpStatusCode.NoContent));
    }

#pragma warning disable CA5350, CA5351 // The hashes of the wire.
    private static string Sha1(byte[] bytes) => Convert.ToHexStringLower(SHA1.HashData(bytes));

    private static string Md5(byte[] bytes) => Convert.ToBase64String(MD5.HashData(bytes));
#pragma warning restore CA5350, CA5351
}
