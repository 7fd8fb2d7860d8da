using ImgApi.Tests.Specification;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Importing;

/// <summary>AddImageFileFromUrl (contract 5.11): what is refused. What works needs a certificate that the system trusts; see the clients' tests.</summary>
[TestFixture]
[Category("Slow")]
internal sealed class FileFromUrlTests : ImportFixture
{
    private Task<Answer> FetchAsync(string uuid, object? body, string query = "compression=gzip") => Admin.PostAnswerAsync(
        $"/images/{uuid}/file/from-url?{query}", body is null ? null : Requests.Json(body));

    [Test]
    [Check(113)]
    public async Task Invalid_urls_and_refused_connections_are_reported()
    {
        var uuid = await Admin.CreateAsync();
        var http = await FetchAsync(uuid, new { file_url = "http://example.com/x" });
        AssertRefused(http, 422, "InvalidParameter", "Only URLs using the https: scheme are supported");
        Assert.That(http.Errors, Is.EqualTo(new[] { "file_url:Invalid" }));
        foreach (var nothing in new object?[] { null, "{}", "[]", "null", "{\"file_url\":5}", "{\"file_url\":\"\"}" })
        {
            var missing = await FetchAsync(uuid, nothing);
            AssertRefused(missing, 422, "InvalidParameter", "missing \"file_url\" field from request body");
            Assert.That(missing.Errors, Is.EqualTo(new[] { "file_url:Missing" }));
        }

        AssertRefused(
            await FetchAsync(uuid, new { file_url = "https://user:secret@127.0.0.1:1/x?token=hidden" }), 400, "Download",
            "Error getting image: Connection refused");
    }

    [Test]
    public async Task The_checks_come_in_the_contracts_order()
    {
        var url = new { file_url = "https://127.0.0.1:1/x" };
        var active = await Admin.PublishAsync();
        var uuid = await Admin.CreateAsync();
        AssertRefused(await FetchAsync(Chain.Top, "{"), 404, "ResourceNotFound");
        AssertRefused(await FetchAsync(active, "{"), 400, "InvalidContent");
        AssertRefused(await FetchAsync(active, "{}", ""), 422, "ImageFilesImmutable");
        AssertRefused(await FetchAsync(uuid, "{}", ""), 422, "InvalidParameter", "missing \"file_url\" field from request body");
        AssertRefused(
            await FetchAsync(uuid, "{}", "compression=zip"), 422, "InvalidParameter",
            "invalid compression \"zip\" (must be one of gzip, bzip2, xz, none)");
        AssertRefused(await FetchAsync(uuid, "{}", "compression=xz&storage=foo"), 422, "InvalidParameter", "missing \"file_url\" field from request body");
        AssertRefused(
            await FetchAsync(uuid, url, "compression=xz&storage=foo"), 422, "InvalidParameter",
            "invalid storage \"foo\" (must be one of local, manta)");
        Assert.That((int)(await Server.Anonymous.PostAnswerAsync($"/images/{uuid}/file/from-url?compression=gzip", Requests.Json(url))).Status, Is.EqualTo(401));
    }
}
