using System.IO.Compression;
using System.Security.Cryptography;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Specification;

/// <summary>The body of a create as bytes: JSON, encodings, digests and sizes (contract 1.6).</summary>
[TestFixture]
internal sealed class CreateBodyChecks() : CreateFixture
{
    private Task<Answer> PostAsync(HttpContent? body) => Admin.PostAnswerAsync("/images", body);

    [TestCase(null)]
    [TestCase("null")]
    [TestCase("")]
    [TestCase("5")]
    [Check(63)]
    public async Task A_missing_body_is_refused(string? body) =>
        AssertRefused(await PostAsync(body is null ? null : Requests.Json(body)), 422, "ValidationFailed", "body:MissingParameter");

    [TestCase("{\"name\":")]
    [TestCase("{\"name\": \"\\ud800\"}")]
    [TestCase("nonsense")]
    [Check(64)]
    public async Task Invalid_json_is_refused(string body)
    {
        var answer = await PostAsync(Requests.Json(body));
        AssertRefused(answer, 400, "InvalidContent");
        Assert.That(answer.Message, Does.StartWith("Invalid JSON: "));
    }

    [Test]
    [Check(64)]
    public async Task Json_that_is_nested_too_deeply_is_refused() =>
        AssertRefused(await PostAsync(Requests.Json(new string('[', 10_000))), 400, "InvalidContent");

    [Test]
    [Check(64)]
    public async Task A_body_that_is_not_utf8_is_refused() =>
        AssertRefused(await PostAsync(Requests.Bytes([(byte)'{', 0xff, (byte)'}'], "application/json")), 400, "InvalidContent");

    [TestCase("application/x-www-form-urlencoded")]
    [TestCase("text/plain")]
    [TestCase("application/octet-stream")]
    [TestCase(null)]
    [Check(65)]
    public async Task Json_is_accepted_with_any_content_type(string? type)
    {
        var manifest = await Requests.Manifest().ReadAsByteArrayAsync();
        AssertImage(await PostAsync(Requests.Bytes([.. "\n "u8, .. manifest], type)));
    }

    [Test]
    public async Task A_form_is_read_as_an_object_of_strings()
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["name"] = "a form",
            ["version"] = "1",
            ["type"] = "other",
            ["os"] = "other",
            ["description"] = "a&b=c",
        });
        var created = await PostAsync(form);
        AssertImage(created);
        Assert.That(created.Json.GetProperty("description").GetString(), Is.EqualTo("a&b=c"));
    }

    [TestCase(false)]
    [TestCase(true)]
    [Check(66)]
    public async Task A_content_md5_must_match_the_body(bool matches)
    {
        var body = Requests.Manifest();
#pragma warning disable CA5351 // the header is defined with MD5
        body.Headers.ContentMD5 = matches ? MD5.HashData(await body.ReadAsByteArrayAsync()) : new byte[16];
#pragma warning restore CA5351
        var answer = await PostAsync(body);
        if (matches)
        {
            AssertImage(answer);
        }
        else
        {
            AssertRefused(answer, 400, "BadDigest");
        }
    }

    [Test]
    public async Task A_gzip_body_is_decompressed() =>
        AssertImage(await PostAsync(Gzip(await CompressAsync(await Requests.Manifest().ReadAsByteArrayAsync()))));

    [Test]
    public async Task A_body_that_is_announced_as_gzip_but_is_not_is_refused() =>
        AssertRefused(await PostAsync(Gzip("{}"u8.ToArray())), 400, "InvalidContent");

    [Test]
    public async Task A_gzip_body_that_expands_beyond_the_limit_is_refused() =>
        AssertRefused(await PostAsync(Gzip(await CompressAsync(new byte[16 * 1024 * 1024]))), 413, "RequestEntityTooLargeError");

    [Test]
    public async Task A_body_above_4_mib_is_refused() =>
        AssertRefused(await PostAsync(Requests.Bytes(new byte[(4 * 1024 * 1024) + 1])), 413, "RequestEntityTooLargeError");

    private static async Task<byte[]> CompressAsync(byte[] bytes)
    {
        using var compressed = new MemoryStream();
        await using (var gzip = new GZipStream(compressed, CompressionMode.Compress, leaveOpen: true))
        {
            await gzip.WriteAsync(bytes);
        }

        return compressed.ToArray();
    }

    private static ByteArrayContent Gzip(byte[] bytes)
    {
        var content = Requests.Bytes(bytes, "application/json");
        content.Headers.ContentEncoding.Add("gzip");
        return content;
    }
}
