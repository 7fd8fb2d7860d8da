using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Uploads;

/// <summary>Resumable uploads that are refused: by the rules of every upload, and by their own.</summary>
[TestFixture]
internal sealed class UploadRefusalTests : UploadFixture
{
    private const int MaxFileSize = 20_000;

    protected override Task<TestServer> StartServerAsync() => TestServer.StartAsync(
        maxFileSize: MaxFileSize, configure: configuration => configuration with { ContentCheck = ContentCheck.Refuse });

    protected override Task<string> NewImageAsync() => Server.Admin.CreateAsync(("type", "lx-dataset"), ("os", "linux"));

    private Task<ResumableUpload> BeginAsync(string metadata = "compression=gzip;force=true", long? length = null) => BeginAsync(length, metadata);

    private async Task<bool> HasFileAsync() => (await Server.Admin.GetAnswerAsync($"/images/{Image}")).Json.GetProperty("files").GetArrayLength() > 0;

    [TestCase("20001", 413, "RequestEntityTooLargeError")]
    [TestCase("99999999999999999999999", 413, "RequestEntityTooLargeError")]
    [TestCase("0", 400, "Download")]
    [TestCase("-1", 400, "InvalidHeader")]
    [TestCase("+1", 400, "InvalidHeader")]
    [TestCase("1e3", 400, "InvalidHeader")]
    [TestCase("", 400, "InvalidHeader")]
    public async Task An_impossible_length_is_refused(string length, int status, string code)
    {
        var answer = await ResumableUpload.CreateAsync(Server.Admin, Image, length);
        Assert.That(((int)answer.Status, answer.Code), Is.EqualTo((status, code)));
    }

    [Test]
    public async Task A_length_above_the_maximum_is_named_as_it_was_sent()
    {
        var answer = await ResumableUpload.CreateAsync(Server.Admin, Image, "99999999999999999999999");
        Assert.That(
            answer.Message, Is.EqualTo("image file size 99999999999999999999999 (from Upload-Length) exceeds the maximum allowed size, 20000 B"));
    }

    [Test]
    public async Task A_length_that_is_to_follow_is_refused()
    {
        var answer = await Server.Admin.PostAnswerAsync($"/images/{Image}/file/uploads", null, ResumableUpload.Version, ("Upload-Defer-Length", "1"));
        Assert.That(((int)answer.Status, answer.Message), Is.EqualTo((400, "the header Upload-Defer-Length is not supported: send Upload-Length, the size of the file in bytes")));
    }

    [TestCase("sha1=0000000000000000000000000000000000000000;force=true", "Download")]
    [TestCase("md5=AAAAAAAAAAAAAAAAAAAAAA==;force=true", "BadDigest")]
    [TestCase("compression=xz;force=true", "Download")]
    [TestCase("compression=gzip", "ContentCheckFailed")]
    public async Task A_complete_upload_gets_the_errors_of_every_upload_and_is_removed(string metadata, string code)
    {
        var upload = await BeginAsync(metadata);
        Assert.That((await upload.AppendAsync(0, Bytes)).Code, Is.EqualTo(code));
        Assert.That((await upload.OffsetAsync(), await HasFileAsync()), Is.EqualTo(((long?)null, false)));
    }

    [Test]
    public async Task A_part_beyond_the_length_is_refused_before_it_is_read()
    {
        var upload = await BeginAsync(length: 100);
        var answer = await upload.AppendAsync(0, Bytes);
        Assert.That(((int)answer.Status, await upload.OffsetAsync()), Is.EqualTo((413, 0)));
    }

    [Test]
    public async Task A_part_of_unknown_length_that_ends_beyond_the_length_is_removed_again()
    {
        var upload = await BeginAsync();
        await upload.AppendAsync(0, Bytes[..100]);
        using var body = new StreamContent(new MemoryStream([.. Bytes[100..], 7]));
        var answer = await upload.AppendAsync(100, body, ("Transfer-Encoding", "chunked"));
        Assert.That(((int)answer.Status, await upload.OffsetAsync()), Is.EqualTo((413, 100)));
    }

    [Test]
    public async Task An_upload_is_unknown_under_the_url_of_another_image()
    {
        var upload = await BeginAsync();
        var foreign = new ResumableUpload(Server.Admin, upload.Url.Replace(Image, await Server.Admin.CreateAsync(), StringComparison.Ordinal));
        Answer[] answers = [await foreign.HeadAsync(), await foreign.AppendAsync(0, Bytes), await foreign.DeleteAsync()];
        Assert.That(answers.Select(answer => (int)answer.Status), Is.All.EqualTo(404));
        Assert.That(await upload.OffsetAsync(), Is.Zero);
    }

    [TestCase("nonsense")]
    [TestCase("00000000-0000-4000-8000-000000000000")]
    public async Task An_unknown_upload_is_not_found(string id)
    {
        var answer = await Server.Admin.DeleteAnswerAsync($"/images/{Image}/file/uploads/{id}", ResumableUpload.Version);
        Assert.That((int)answer.Status, Is.EqualTo(404));
    }

    [Test]
    public async Task Another_account_may_not_use_an_upload()
    {
        var upload = await BeginAsync();
        var stranger = new ResumableUpload(Server.Admin, $"{upload.Url}?account={Guid.NewGuid()}");
        Answer[] answers = [await stranger.AppendAsync(0, Bytes), await stranger.DeleteAsync()];
        Assert.That(answers.Select(answer => (int)answer.Status), Is.All.EqualTo(404));
        Assert.That(await upload.OffsetAsync(), Is.Zero);
    }

    [Test]
    public async Task Every_request_of_an_upload_needs_credentials()
    {
        var upload = await BeginAsync();
        var anonymous = new ResumableUpload(Server.Anonymous, upload.Url);
        Answer[] answers =
        [
            await ResumableUpload.CreateAsync(Server.Anonymous, Image, "100"),
            await anonymous.HeadAsync(), await anonymous.AppendAsync(0, Bytes), await anonymous.DeleteAsync(),
        ];
        Assert.That(answers.Select(answer => (int)answer.Status), Is.All.EqualTo(401));
    }

    [Test]
    public async Task An_image_has_a_maximum_number_of_unfinished_uploads()
    {
        var uploads = new List<ResumableUpload>();
        for (var i = 0; i < 16; i++)
        {
            uploads.Add(await BeginAsync());
        }

        var refused = await ResumableUpload.CreateAsync(Server.Admin, Image, "100");
        Assert.That(((int)refused.Status, refused.Code), Is.EqualTo((429, "TooManyUploads")));
        await uploads[0].DeleteAsync();
        Assert.That((int)(await ResumableUpload.CreateAsync(Server.Admin, Image, "100")).Status, Is.EqualTo(201));
    }

    [Test]
    public async Task An_upload_beyond_the_free_space_is_refused_at_its_creation()
    {
        await using var small = await TestServer.StartAsync(maxFileSize: long.MaxValue);
        var image = await small.Admin.CreateAsync();
        Assert.That((await ResumableUpload.CreateAsync(small.Admin, image, $"{long.MaxValue / 2}")).Code, Is.EqualTo("InsufficientStorage"));
    }
}
