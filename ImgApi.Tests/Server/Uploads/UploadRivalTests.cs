using System.Net;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Uploads;

/// <summary>Resumable uploads whose image changes before they are complete.</summary>
[TestFixture]
internal sealed class UploadRivalTests : UploadFixture
{
    [Test]
    public async Task An_upload_for_an_activeImage_is_refused()
    {
        var active = await Server.Admin.CreateAsync();
        await Server.Admin.UploadAsync(active, query: "compression=gzip&force=true");
        await Server.Admin.ActAsync(active, "activate&force=true");
        Assert.That((await ResumableUpload.CreateAsync(Server.Admin, active, "100")).Code, Is.EqualTo("ImageFilesImmutable"));
    }

    [Test]
    public async Task An_upload_whoseImage_was_activated_meanwhile_is_refused_and_removed()
    {
        var upload = await BeginAsync();
        await upload.AppendAsync(0, Bytes[..100]);
        await (await BeginAsync()).AppendAsync(0, Bytes);
        await Server.Admin.ActAsync(Image, "activate&force=true");
        Assert.That((await upload.AppendAsync(100, Bytes[100..])).Code, Is.EqualTo("ImageAlreadyActivated"));
        Assert.That((await upload.HeadAsync()).Status, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Of_two_uploads_for_oneImage_the_first_that_is_complete_wins_and_the_other_is_told()
    {
        var (first, second) = (await BeginAsync(), await BeginAsync());
        await second.AppendAsync(0, Bytes[..100]);
        await first.AppendAsync(0, Bytes);
        var answer = await second.AppendAsync(100, Bytes[100..]);
        Assert.That(((int)answer.Status, answer.Code), Is.EqualTo((409, "UploadSuperseded")));
        Assert.That(answer.Message, Is.EqualTo($"the file of image {Image} was changed after this upload began: begin a new upload to replace that file"));
        Assert.That((await second.HeadAsync()).Status, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task An_upload_that_begins_after_another_replaces_its_file()
    {
        await (await BeginAsync()).AppendAsync(0, Bytes);
        var other = Samples.Compress([1, 2, 3]);
        await (await BeginAsync(length: other.Length)).AppendAsync(0, other);
        Assert.That((await Server.Admin.GetAnswerAsync($"/images/{Image}/file")).Bytes, Is.EqualTo(other));
    }
}
