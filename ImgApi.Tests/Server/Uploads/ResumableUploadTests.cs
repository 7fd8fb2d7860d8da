using System.Globalization;
using System.Net;
using ImgApi.Api.Configuration;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Uploads;

/// <summary>Resumable uploads, by the rules of the tus protocol 1.0.</summary>
[TestFixture]
internal sealed class ResumableUploadTests : UploadFixture
{
    protected override Task<TestServer> StartServerAsync() => TestServer.StartAsync(
        configure: configuration => configuration with { Channels = [Channel("dev", isDefault: true), Channel("release")] });

    private static ConfiguredChannel Channel(string name, bool isDefault = false) => new() { Name = name, Description = name, Default = isDefault };

    private Task<Answer> CreateAsync(string length, string metadata = "", string query = "") =>
        ResumableUpload.CreateAsync(Server.Admin, Image, length, metadata, query);

    [Test]
    public async Task A_created_upload_has_a_url_an_offset_of_zero_and_a_time_of_expiry()
    {
        var answer = await CreateAsync("100");
        Assert.That((answer.Status, answer.Header("Upload-Offset"), answer.Header("Tus-Resumable")), Is.EqualTo((HttpStatusCode.Created, "0", "1.0.0")));
        Assert.That(answer.Header("Location"), Does.StartWith($"{Server.Address}images/{Image}/file/uploads/"));
        Assert.That(
            DateTimeOffset.ParseExact(answer.Header("Upload-Expires")!, "r", CultureInfo.InvariantCulture), Is.GreaterThan(TimeProvider.System.GetUtcNow()));
    }

    [Test]
    public async Task The_part_with_the_last_byte_makes_the_upload_the_file_of_the_image()
    {
        var upload = await BeginAsync();
        var first = await upload.AppendAsync(0, Bytes[..4000]);
        Assert.That((first.Status, first.Header("Upload-Offset"), first.Header("Tus-Resumable")), Is.EqualTo((HttpStatusCode.NoContent, "4000", "1.0.0")));
        Assert.That((await Server.Admin.GetAnswerAsync($"/images/{Image}")).Json.GetProperty("files").GetArrayLength(), Is.Zero);
        var last = await upload.AppendAsync(4000, Bytes[4000..]);
        Assert.That((last.Status, last.Header("Upload-Offset")), Is.EqualTo((HttpStatusCode.NoContent, $"{Bytes.Length}")));
        await AssertStoredAsync();
    }

    [Test]
    public async Task The_file_has_the_description_of_the_upload()
    {
        var upload = await BeginAsync(metadata: "compression=gzip;dataset_guid=1234;filename=web.zfs.gz;filetype=application/gzip");
        await upload.AppendAsync(0, Bytes);
        var file = (await Server.Admin.GetAnswerAsync($"/images/{Image}")).Json.GetProperty("files")[0];
        Assert.That(
            (file.GetProperty("compression").GetString(), file.GetProperty("dataset_guid").GetString()), Is.EqualTo(("gzip", "1234")));
    }

    [Test]
    public async Task A_compression_that_is_not_given_is_detected()
    {
        await (await BeginAsync(metadata: "")).AppendAsync(0, Bytes);
        var file = (await Server.Admin.GetAnswerAsync($"/images/{Image}")).Json.GetProperty("files")[0];
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
        await Server.Admin.ActAsync(Image, "activate");
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
    public async Task A_deleted_upload_is_unknown_and_the_image_is_unchanged()
    {
        var upload = await BeginAsync();
        await upload.AppendAsync(0, Bytes[..500]);
        var answer = await upload.DeleteAsync();
        Assert.That((answer.Status, (await upload.HeadAsync()).Status), Is.EqualTo((HttpStatusCode.NoContent, HttpStatusCode.NotFound)));
        Assert.That((await Server.Admin.GetAnswerAsync($"/images/{Image}")).Json.GetProperty("files").GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task The_url_of_an_upload_keeps_account_and_channel()
    {
        var owner = Guid.NewGuid().ToString();
        Image = await Server.Admin.CreateAsync(("owner", owner));
        await Server.Admin.ActAsync(Image, "channel-add", Requests.Json(new { channel = "release" }));
        var upload = await BeginAsync(query: $"?account={owner}&channel=release");
        Assert.That(new Uri(upload.Url).Query, Is.EqualTo($"?account={owner}&channel=release"));
        Assert.That((await upload.AppendAsync(0, Bytes)).Status, Is.EqualTo(HttpStatusCode.NoContent));
    }
}
