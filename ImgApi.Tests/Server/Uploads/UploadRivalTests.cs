using System.Net;
using System.Security.Cryptography;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Uploads;

/// <summary>Resumable uploads whose image changes before they are complete.</summary>
[TestFixture]
internal sealed class UploadRivalTests
{
    private static readonly byte[] Bytes = Samples.Compress(RandomNumberGenerator.GetBytes(10_000));

    private TestServer _server = null!;
    private string _image = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _server = await TestServer.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [SetUp]
    public async Task CreateAsync() => _image = await _server.Admin.CreateAsync();

    private Task<ResumableUpload> BeginAsync(long? length = null) =>
        ResumableUpload.BeginAsync(_server.Admin, _image, length ?? Bytes.Length, "compression=gzip");

    [Test]
    public async Task An_upload_for_an_active_image_is_refused()
    {
        var active = await _server.Admin.CreateAsync();
        await _server.Admin.UploadAsync(active, query: "compression=gzip&force=true");
        await _server.Admin.ActAsync(active, "activate&force=true");
        Assert.That((await ResumableUpload.CreateAsync(_server.Admin, active, "100")).Code, Is.EqualTo("ImageFilesImmutable"));
    }

    [Test]
    public async Task An_upload_whose_image_was_activated_meanwhile_is_refused_and_removed()
    {
        var upload = await BeginAsync();
        await upload.AppendAsync(0, Bytes[..100]);
        await (await BeginAsync()).AppendAsync(0, Bytes);
        await _server.Admin.ActAsync(_image, "activate&force=true");
        Assert.That((await upload.AppendAsync(100, Bytes[100..])).Code, Is.EqualTo("ImageAlreadyActivated"));
        Assert.That((await upload.HeadAsync()).Status, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Of_two_uploads_for_one_image_the_first_that_is_complete_wins_and_the_other_is_told()
    {
        var (first, second) = (await BeginAsync(), await BeginAsync());
        await second.AppendAsync(0, Bytes[..100]);
        await first.AppendAsync(0, Bytes);
        var answer = await second.AppendAsync(100, Bytes[100..]);
        Assert.That(((int)answer.Status, answer.Code), Is.EqualTo((409, "UploadSuperseded")));
        Assert.That(answer.Message, Is.EqualTo($"the file of image {_image} was changed after this upload began: begin a new upload to replace that file"));
        Assert.That((await second.HeadAsync()).Status, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task An_upload_that_begins_after_another_replaces_its_file()
    {
        await (await BeginAsync()).AppendAsync(0, Bytes);
        var other = Samples.Compress([1, 2, 3]);
        await (await BeginAsync(length: other.Length)).AppendAsync(0, other);
        Assert.That((await _server.Admin.GetAnswerAsync($"/images/{_image}/file")).Bytes, Is.EqualTo(other));
    }
}
