using System.Net;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Uploads;

/// <summary>Methods, headers and versions of the tus protocol 1.0.</summary>
[TestFixture]
internal sealed class UploadProtocolTests : UploadFixture
{
    protected override Task<TestServer> StartServerAsync() => TestServer.StartAsync(maxFileSize: 1_000_000);

    [Test]
    public async Task A_part_of_another_content_type_is_refused()
    {
        var upload = await BeginAsync();
        using var body = Requests.Bytes(Bytes, "application/octet-stream");
        var answer = await Server.Admin.AnswerAsync(HttpMethod.Patch, upload.Url, body, ResumableUpload.Version, ("Upload-Offset", "0"));
        Assert.That(((int)answer.Status, answer.Code, await upload.OffsetAsync()), Is.EqualTo((415, "UnsupportedMediaTypeError", 0)));
    }

    [TestCase("POST", "")]
    [TestCase("HEAD", "/{0}")]
    [TestCase("PATCH", "/{0}")]
    [TestCase("DELETE", "/{0}")]
    public async Task A_request_of_another_protocol_version_is_refused_with_the_supported_version(string method, string path)
    {
        var upload = await BeginAsync();
        var url = $"/images/{Image}/file/uploads{path.Replace("{0}", upload.Id, StringComparison.Ordinal)}";
        foreach (var headers in new (string, string)[][] { [], [("Tus-Resumable", "0.2.2")] })
        {
            var answer = await Server.Admin.AnswerAsync(new HttpMethod(method), url, null, headers);
            Assert.That(((int)answer.Status, answer.Header("Tus-Version"), answer.Header("Tus-Resumable")), Is.EqualTo((412, "1.0.0", "1.0.0")));
        }
    }

    [TestCase("PATCH", "{0}", false, 401)]
    [TestCase("PATCH", "nonsense", true, 404)]
    [TestCase("PUT", "{0}", true, 405)]
    public async Task Every_error_names_the_protocol_version(string method, string id, bool hasCredentials, int status)
    {
        var upload = await BeginAsync();
        var url = $"/images/{Image}/file/uploads/{id.Replace("{0}", upload.Id, StringComparison.Ordinal)}";
        var answer = await (hasCredentials ? Server.Admin : Server.Anonymous).AnswerAsync(new HttpMethod(method), url, null, ResumableUpload.Version);
        Assert.That(((int)answer.Status, answer.Header("Tus-Resumable")), Is.EqualTo((status, "1.0.0")));
    }

    [Test]
    public async Task The_methods_of_an_upload_are_listed_with_head()
    {
        var upload = await BeginAsync();
        var answer = await Server.Admin.AnswerAsync(HttpMethod.Put, upload.Url, null, ResumableUpload.Version);
        Assert.That(answer.Header("Allow"), Is.EqualTo("HEAD, DELETE, PATCH, OPTIONS"));
    }

    [TestCase("")]
    [TestCase("/{0}")]
    public async Task An_options_request_without_credentials_tells_what_the_server_supports(string path)
    {
        var upload = await BeginAsync();
        var answer = await Server.Anonymous.AnswerAsync(
            HttpMethod.Options, $"/images/{Image}/file/uploads{path.Replace("{0}", upload.Id, StringComparison.Ordinal)}", null);
        Assert.That(
            (answer.Status, answer.Header("Tus-Version"), answer.Header("Tus-Extension"), answer.Header("Tus-Max-Size"), answer.Header("Tus-Checksum-Algorithm")),
            Is.EqualTo((HttpStatusCode.NoContent, "1.0.0", "creation,termination,expiration,checksum", "1000000", "sha1")));
    }

    [TestCase("PATCH", 204)]
    [TestCase("DELETE", 204)]
    [TestCase("GET", 400)]
    public async Task A_post_stands_for_the_method_that_it_names(string method, int status)
    {
        var upload = await BeginAsync();
        using var body = Requests.Bytes(Bytes, "application/offset+octet-stream");
        var answer = await Server.Admin.PostAnswerAsync(upload.Url, body, ResumableUpload.Version, ("Upload-Offset", "0"), ("X-HTTP-Method-Override", method));
        Assert.That((int)answer.Status, Is.EqualTo(status));
    }
}
