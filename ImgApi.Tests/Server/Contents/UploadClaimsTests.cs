using System.Security.Cryptography;
using ImgApi.Tests.Specification;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Contents;

/// <summary>Digests, sizes and forms in uploads of files and icons.</summary>
[TestFixture("file?compression=gzip", "Download")]
[TestFixture("icon?", "Upload")]
internal sealed class UploadClaimsTests(string route, string wrongContent) : ContractFixture(ServerMode.Mixed)
{
    private static readonly byte[] Content = [1, 2, 3, 4, 5];

#pragma warning disable CA5351
    private static readonly string Md5 = Convert.ToBase64String(MD5.HashData(Content));
#pragma warning restore CA5351

    private string _uuid = null!;

    [SetUp]
    public async Task CreateAsync() => _uuid = await Admin.CreateAsync();

    private async Task<Answer> PutAsync(string more, params (string Name, string Value)[] headers) =>
        await Admin.PutAnswerAsync($"/images/{_uuid}/{route}{more}", Requests.Bytes(Content, "image/png"), headers);

    /// <summary>Sends the headers without the body: only a refusal before the body is an answer.</summary>
    private Task<string> HeadersAloneAsync(string more, string header = "X: x") => RawHttp.SendHeadersAsync(
        Server.Address,
        $"PUT /images/{_uuid}/{route}{more} HTTP/1.1\r\nHost: x\r\nAuthorization: {TestServer.Basic("admin", "secret")}\r\n"
        + $"Content-Type: image/png\r\nContent-Length: 5\r\n{header}\r\n\r\n");

    private async Task AssertNothingKeptAsync() =>
        Assert.That(Directory.GetFiles(Path.Combine(Server.DataFolder, _uuid)).Select(Path.GetFileName), Is.EqualTo(new[] { "manifest.json" }));

    [Test]
    public async Task An_upload_with_the_right_content_md5_is_accepted() => AssertImage(await PutAsync("", ("Content-MD5", Md5)));

    [Test]
    public async Task An_upload_with_a_wrong_content_md5_is_refused()
    {
        var wrong = Convert.ToBase64String(new byte[16]);
        var answer = await PutAsync("", ("Content-MD5", wrong));
        AssertRefused(answer, 400, "BadDigest");
        Assert.That(answer.Message, Is.EqualTo($"Content-MD5 '{wrong}' didn't match '{Md5}'"));
        await AssertNothingKeptAsync();
    }

    [TestCase("5d41402abc4b2a76b9719d911017c592")]
    [TestCase("AAAA")]
    [TestCase("x")]
    public async Task A_content_md5_that_is_not_an_md5_is_refused_before_the_body(string md5) =>
        Assert.That(await HeadersAloneAsync("", $"Content-MD5: {md5}"), Does.StartWith("HTTP/1.1 400").And.Contain("BadDigest"));

    [Test]
    public async Task An_upload_with_the_right_size_is_accepted() => AssertImage(await PutAsync("&size=5"));

    [Test]
    public async Task A_wrong_size_is_refused_before_the_body()
    {
        Assert.That(await HeadersAloneAsync("&size=6"), Does.StartWith("HTTP/1.1 400").And.Contain($"\"code\": \"{wrongContent}\""));
        await AssertNothingKeptAsync();
    }

    [Test]
    public async Task A_wrong_size_of_a_chunked_body_is_refused()
    {
        using var chunked = new StreamContent(new MemoryStream(Content));
        chunked.Headers.ContentType = new("image/png");
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/images/{_uuid}/{route}&size=4") { Content = chunked };
        request.Headers.TransferEncodingChunked = true;
        var answer = await Answer.ReadAsync(await Admin.SendAsync(request));
        AssertRefused(answer, 400, wrongContent);
        Assert.That(answer.Message, Does.Match("^\"size\" parameter, 4, does not match the size of the (image file|icon), 5$"));
        await AssertNothingKeptAsync();
    }

    [TestCase("-1")]
    [TestCase("5x")]
    [TestCase("99999999999999999999")]
    public async Task A_size_that_is_not_a_number_is_refused_before_the_body(string size) =>
        Assert.That(await HeadersAloneAsync($"&size={size}"), Does.StartWith("HTTP/1.1 422").And.Contain("InvalidParameter"));

    [TestCase("abc")]
    [TestCase("zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz")]
    [TestCase("da39a3ee5e6b4b0d3255bfef95601890afd807090")]
    public async Task A_malformed_sha1_is_refused_before_the_body(string sha1)
    {
        var answer = await HeadersAloneAsync($"&sha1={sha1}");
        Assert.That(answer, Does.StartWith("HTTP/1.1 422").And.Contain("InvalidParameter").And.Contain("must be 40 hexadecimal digits"));
    }

    [Test]
    public async Task A_sha1_in_upper_case_is_accepted() => AssertImage(await PutAsync($"&sha1={ImageChain.Sha1(Content).ToUpperInvariant()}"));

    [Test]
    public async Task A_form_is_refused_before_the_body()
    {
        var answer = await RawHttp.SendHeadersAsync(
            Server.Address,
            $"PUT /images/{_uuid}/{route} HTTP/1.1\r\nHost: x\r\nAuthorization: {TestServer.Basic("admin", "secret")}\r\n"
            + "Content-Type: multipart/form-data; boundary=----x\r\nContent-Length: 5\r\n\r\n");
        Assert.That(answer, Does.StartWith("HTTP/1.1 400").And.Contain("\"code\": \"Upload\"").And.Contain("curl -T FILE"));
    }

    [Test]
    public async Task A_form_with_another_content_type_is_refused_for_its_first_bytes()
    {
        var form = "--------------------------4ebf00fbcf09\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.gz\"\r\n\r\nx"u8;
        var answer = await Admin.PutAnswerAsync($"/images/{_uuid}/{route}", Requests.Bytes(form.ToArray(), "image/png"));
        AssertRefused(answer, 400, wrongContent);
        Assert.That(answer.Message, Does.Contain("multipart form").And.Contain("curl -T FILE"));
        await AssertNothingKeptAsync();
    }

    [Test]
    public async Task A_part_of_a_file_is_refused_before_the_body() =>
        Assert.That(await HeadersAloneAsync("", "Content-Range: bytes 5-9/10"), Does.StartWith("HTTP/1.1 400").And.Contain("send the whole file"));
}
