using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Uploads;

/// <summary>The header <c>Upload-Metadata</c>: what it says about the file is checked.</summary>
[TestFixture]
internal sealed class UploadMetadataTests : UploadFixture
{
    [TestCase("compression=zip", 422, "InvalidParameter")]
    [TestCase("sha1=xyz", 422, "InvalidParameter")]
    [TestCase("size=-1", 422, "InvalidParameter")]
    [TestCase("size=7", 400, "Download")]
    [TestCase("md5=abc", 400, "BadDigest")]
    [TestCase("force=maybe", 422, "InvalidParameter")]
    [TestCase("storage=tape", 422, "InvalidParameter")]
    [TestCase("a=b;a=c", 400, "InvalidHeader")]
    public async Task Metadata_is_checked_as_the_parameters_of_an_upload(string metadata, int status, string code)
    {
        var answer = await ResumableUpload.CreateAsync(Server.Admin, Image, "100", metadata);
        Assert.That(((int)answer.Status, answer.Code), Is.EqualTo((status, code)));
    }

    [TestCase("compression gzip=")]
    [TestCase("compression !!!!")]
    [TestCase("name /w==")]
    [TestCase(",")]
    [TestCase("a b c")]
    public async Task Malformed_metadata_is_refused(string metadata)
    {
        var answer = await Server.Admin.PostAnswerAsync(
            $"/images/{Image}/file/uploads", null, ResumableUpload.Version, ("Upload-Length", "100"), ("Upload-Metadata", metadata));
        Assert.That(((int)answer.Status, answer.Code), Is.EqualTo((400, "InvalidHeader")));
    }

    [Test]
    public async Task A_key_of_the_metadata_that_is_not_ascii_is_refused()
    {
        using var client = new HttpClient(new SocketsHttpHandler { RequestHeaderEncodingSelector = (_, _) => System.Text.Encoding.UTF8 })
        {
            BaseAddress = Server.Address,
            DefaultRequestHeaders = { Authorization = Server.Admin.DefaultRequestHeaders.Authorization },
        };
        var answer = await client.PostAnswerAsync(
            $"/images/{Image}/file/uploads", null, ResumableUpload.Version, ("Upload-Length", "100"), ("Upload-Metadata", "é YQ=="));
        Assert.That(((int)answer.Status, answer.Code), Is.EqualTo((400, "InvalidHeader")));
    }

    [Test]
    public async Task Huge_metadata_is_refused()
    {
        var answer = await ResumableUpload.CreateAsync(Server.Admin, Image, "100", $"filename={new string('x', 4096)}");
        Assert.That(answer.Message, Is.EqualTo("the header Upload-Metadata has more than 4096 characters"));
    }

    [Test]
    public async Task A_digest_of_the_metadata_that_differs_is_named_by_its_key()
    {
        var upload = await BeginAsync(metadata: "md5=AAAAAAAAAAAAAAAAAAAAAA==");
        Assert.That((await upload.AppendAsync(0, Bytes)).Message, Does.StartWith("md5 'AAAAAAAAAAAAAAAAAAAAAA==' didn't match '"));
    }

    [Test]
    public async Task Bytes_that_do_not_have_the_claimed_sha1_are_refused_after_an_interruption_too()
    {
        var upload = await BeginAsync(metadata: $"sha1={ImageChain.Sha1(Bytes)}");
        await upload.AppendAsync(0, Bytes[..100]);
        Assert.That(await upload.OffsetAsync(), Is.EqualTo(100));
        var answer = await upload.AppendAsync(100, [.. Bytes[100..^1], (byte)(Bytes[^1] + 1)]);
        Assert.That(((int)answer.Status, answer.Code), Is.EqualTo((400, "Download")));
        Assert.That(await upload.OffsetAsync(), Is.Null);
        Assert.That((await Server.Admin.GetAnswerAsync($"/images/{Image}")).Json.GetProperty("files").GetArrayLength(), Is.Zero);
    }
}
