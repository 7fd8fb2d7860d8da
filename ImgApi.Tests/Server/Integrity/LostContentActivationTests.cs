using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Integrity;

/// <summary>Images whose file is missing or damaged before their activation.</summary>
[TestFixture]
internal sealed class LostContentActivationTests : LostContentFixture
{
    [TestCase(false)]
    [TestCase(true)]
    public async Task An_image_whose_file_is_missing_is_not_activated(bool restarts)
    {
        var uuid = await CreateAndLoseAsync(restarts);
        var refused = await Server.Admin.PostAnswerAsync($"/images/{uuid}?action=activate");
        Assert.Multiple(() =>
        {
            Assert.That((int)refused.Status, Is.EqualTo(422));
            Assert.That(refused.Code, Is.EqualTo("NoActivationNoFile"));
            Assert.That(refused.Message, Is.EqualTo($"image \"{uuid}\" cannot be activated: its file is missing, upload it again"));
        });
        Assert.That((await Server.Admin.GetAnswerAsync($"/images/{uuid}")).Json.GetProperty("state").GetString(), Is.EqualTo("unactivated"));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task An_image_whose_missing_file_was_uploaded_again_is_activated(bool restarts)
    {
        var uuid = await CreateAndLoseAsync(restarts);
        await Server.Admin.UploadAsync(uuid);
        await Server.Admin.ActAsync(uuid, "activate");
    }

    [Test]
    public async Task An_image_whose_file_is_truncated_is_not_activated()
    {
        var uuid = await Server.Admin.CreateAsync();
        await Server.Admin.UploadAsync(uuid);
        await File.WriteAllBytesAsync(ContentOf(uuid), [1]);
        var refused = await Server.Admin.PostAnswerAsync($"/images/{uuid}?action=activate");
        Assert.That(refused.Code, Is.EqualTo("NoActivationNoFile"));
        Assert.That(refused.Message, Is.EqualTo($"image \"{uuid}\" cannot be activated: its file is damaged, upload it again"));
    }

    [Test]
    public async Task A_job_downloads_a_file_again_that_was_lost_before_the_activation()
    {
        await using var source = await TestServer.StartAsync();
        var uuid = await source.Admin.PublishAsync();
        await Server.Admin.ImportFromAsync(uuid, source.Address);
        await Server.Admin.FileFromAsync(uuid, source.Address);
        Lose(uuid);
        var job = await Server.Admin.JobEndAsync(await Server.Admin.StartJobAsync(uuid, source.Address));
        Assert.That(job.ErrorOf(), Is.Empty);
        Assert.That((await Server.Anonymous.GetAnswerAsync($"/images/{uuid}/file")).Bytes, Is.EqualTo(Bytes));
    }
}
