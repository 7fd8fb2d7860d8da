using System.Net;
using ImgApi.Tests.Resilience.Races;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Uploads;

/// <summary>Resumable uploads whose image changes before they are complete.</summary>
[TestFixture]
internal sealed class UploadRivalTests : UploadFixture
{
    [Test]
    public async Task An_upload_for_an_active_image_is_refused()
    {
        var active = await Server.Admin.CreateAsync();
        await Server.Admin.UploadAsync(active, query: "compression=gzip&force=true");
        await Server.Admin.ActAsync(active, "activate&force=true");
        Assert.That((await ResumableUpload.CreateAsync(Server.Admin, active, "100")).Code, Is.EqualTo("ImageFilesImmutable"));
    }

    [Test]
    public async Task An_upload_whose_image_was_activated_meanwhile_is_refused_and_removed()
    {
        var upload = await BeginAsync();
        await upload.AppendAsync(0, Bytes[..100]);
        await (await BeginAsync()).AppendAsync(0, Bytes);
        await Server.Admin.ActAsync(Image, "activate&force=true");
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
        Assert.That(answer.Message, Is.EqualTo($"the file of image {Image} was changed after this upload began: begin a new upload to replace that file"));
        Assert.That((await second.HeadAsync()).Status, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Of_two_uploads_for_one_image_that_complete_at_once_one_wins_and_the_other_is_refused()
    {
        byte[][] files = [Samples.Compress([1, 2, 3]), Samples.Compress([4, 5, 6, 7])];
        ResumableUpload[] uploads = [await BeginAsync(length: files[0].Length), await BeginAsync(length: files[1].Length)];
        await uploads[0].AppendAsync(0, files[0][..5]);
        await uploads[1].AppendAsync(0, files[1][..5]);
        var answers = await Race.RunAsync(2, number => uploads[number].AppendAsync(5, files[number][5..]));
        var winner = Array.FindIndex(answers, answer => answer.Status == HttpStatusCode.NoContent);
        Assert.That(answers[1 - winner].Code, Is.EqualTo("UploadSuperseded"));
        await AssertStoredAsync(files[winner]);
    }

    [Test]
    public async Task A_last_part_that_is_sent_twice_at_once_makes_one_file()
    {
        var upload = await BeginAsync();
        await upload.AppendAsync(0, Bytes[..100]);
        var answers = await Race.RunAsync(2, _ => upload.AppendAsync(100, Bytes[100..]));
        Assert.That(answers.Where(answer => answer.Status != HttpStatusCode.NoContent).Select(answer => answer.Code), Is.All.EqualTo("UploadConflict"));
        Assert.That(await upload.OffsetAsync(), Is.EqualTo(Bytes.Length));
        await AssertStoredAsync();
    }

    [Test]
    public async Task An_upload_that_begins_after_another_replaces_its_file()
    {
        await (await BeginAsync()).AppendAsync(0, Bytes);
        var other = Samples.Compress([1, 2, 3]);
        await (await BeginAsync(length: other.Length)).AppendAsync(0, other);
        await AssertStoredAsync(other);
    }
}
