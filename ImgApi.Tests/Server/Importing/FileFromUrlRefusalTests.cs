using ImgApi.Tests.Specification;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Importing;

/// <summary>Refused downloads of an image file from a URL (contract 5.11). Successful ones need a certificate that the system trusts: see <see cref="Clients.FileFromUrlTests"/>.</summary>
[TestFixture]
[Category("Slow")]
internal sealed class FileFromUrlRefusalTests : ImportFixture
{
    private const string MissingUrl = "missing \"file_url\" field from request body";

    private Task<Answer> FetchAsync(string uuid, object? body, string query = "compression=gzip") => Admin.PostAnswerAsync(
        $"/images/{uuid}/file/from-url?{query}", body is null ? null : Requests.Json(body));

    [Test]
    [Check(113)]
    public async Task A_url_without_https_is_refused()
    {
        var answer = await FetchAsync(await Admin.CreateAsync(), new { file_url = "http://example.com/x" });
        AssertRefused(answer, 422, "InvalidParameter", "Only URLs using the https: scheme are supported");
        Assert.That(answer.Errors, Is.EqualTo(new[] { "file_url:Invalid" }));
    }

    [TestCase(null)]
    [TestCase("{}")]
    [TestCase("[]")]
    [TestCase("null")]
    [TestCase("{\"file_url\":5}")]
    [TestCase("{\"file_url\":\"\"}")]
    [Check(113)]
    public async Task A_body_without_a_url_is_refused(string? body)
    {
        var answer = await FetchAsync(await Admin.CreateAsync(), body);
        AssertRefused(answer, 422, "InvalidParameter", MissingUrl);
        Assert.That(answer.Errors, Is.EqualTo(new[] { "file_url:Missing" }));
    }

    [Test]
    [Check(113)]
    public async Task A_refused_connection_is_reported_without_the_url() => AssertRefused(
        await FetchAsync(await Admin.CreateAsync(), new { file_url = "https://user:secret@127.0.0.1:1/x?token=hidden" }), 400, "Download",
        "Error getting image: Connection refused");

    [Test]
    public async Task An_unknown_image_is_reported_before_an_invalid_body() =>
        AssertRefused(await FetchAsync(Chain.Top, "{"), 404, "ResourceNotFound");

    [Test]
    public async Task An_invalid_body_is_reported_before_an_active_image() =>
        AssertRefused(await FetchAsync(await Admin.PublishAsync(), "{"), 400, "InvalidContent");

    [Test]
    public async Task An_active_image_is_reported_before_a_missing_url() =>
        AssertRefused(await FetchAsync(await Admin.PublishAsync(), "{}", ""), 422, "ImageFilesImmutable");

    [TestCase("", MissingUrl)]
    [TestCase("compression=zip", "invalid compression \"zip\" (must be one of gzip, bzip2, xz, none)")]
    [TestCase("compression=xz&storage=foo", MissingUrl)]
    public async Task A_missing_url_is_reported_after_an_invalid_compression_and_before_an_invalid_storage(string query, string message) =>
        AssertRefused(await FetchAsync(await Admin.CreateAsync(), "{}", query), 422, "InvalidParameter", message);

    [Test]
    public async Task An_invalid_storage_is_refused_before_the_download() => AssertRefused(
        await FetchAsync(await Admin.CreateAsync(), new { file_url = "https://127.0.0.1:1/x" }, "compression=xz&storage=foo"), 422, "InvalidParameter",
        "invalid storage \"foo\" (must be one of local, manta)");

    [Test]
    public async Task A_download_from_a_url_needs_credentials()
    {
        var answer = await Server.Anonymous.PostAnswerAsync(
            $"/images/{await Admin.CreateAsync()}/file/from-url?compression=gzip", Requests.Json(new { file_url = "https://127.0.0.1:1/x" }));
        Assert.That((int)answer.Status, Is.EqualTo(401));
    }
}
