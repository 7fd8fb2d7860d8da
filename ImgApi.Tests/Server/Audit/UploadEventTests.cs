using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Audit;

/// <summary>The events of resumable uploads, besides that of the image's new file.</summary>
[TestFixture]
internal sealed class UploadEventTests : AuditFixture
{
    private async Task<(string Image, ResumableUpload Upload)> BeginAsync()
    {
        var uuid = await Publisher.CreateAsync();
        return (uuid, await ResumableUpload.BeginAsync(Publisher, uuid, 1000, "compression=gzip"));
    }

    [Test]
    public async Task The_begin_of_a_resumable_upload_has_an_event_with_the_user_and_the_reserved_bytes()
    {
        var (image, upload) = await BeginAsync();
        var one = (await EventsAsync($"?image={image}&action=CreateUpload")).Single();
        Assert.That(
            (Text(one, "user"), one.GetProperty("changed").GetProperty("length").GetProperty("to").GetString()),
            Is.EqualTo((Team.Publisher, "1000")));
        Assert.That(Text(one, "subject"), Is.EqualTo(upload.Id));
    }

    [Test]
    public async Task The_cancellation_of_a_resumable_upload_has_an_event_with_the_user()
    {
        var (image, upload) = await BeginAsync();
        await upload.DeleteAsync();
        var one = (await EventsAsync($"?image={image}&action=DeleteUpload")).Single();
        Assert.That((Text(one, "user"), Text(one, "subject")), Is.EqualTo((Team.Publisher, upload.Id)));
    }

    [Test]
    public async Task A_resumable_upload_that_is_refused_has_no_event()
    {
        var uuid = await Publisher.PublishAsync();
        await ResumableUpload.CreateAsync(Publisher, uuid, "3", "compression=none");
        Assert.That(await EventsAsync($"?image={uuid}&action=CreateUpload"), Is.Empty);
    }
}
