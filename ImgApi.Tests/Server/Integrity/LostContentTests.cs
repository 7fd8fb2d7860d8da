using System.Net;
using System.Text.Json;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Integrity;

/// <summary>Files and icons that manifests name and that are missing on the disk.</summary>
[TestFixture]
internal sealed class LostContentTests : LostContentFixture
{
    private static string[] Damages(JsonElement health) =>
        [.. health.GetProperty("damages").EnumerateArray().Select(damage => $"{damage.GetProperty("image")}: {damage.GetProperty("reason")}")];

    /// <summary>Removes the file of one image and the icon of another, and restarts the server.</summary>
    private async Task<(string File, string Icon)> LoseFileAndIconAsync()
    {
        var (file, icon) = (await Server.Admin.PublishAsync(), await Server.Admin.CreateAsync());
        await Server.Admin.PutAnswerAsync($"/images/{icon}/icon", Requests.Bytes(Bytes, "image/png"));
        await Server.Admin.CreateAsync();
        Lose(file);
        Lose(icon, "icon");
        await RestartAsync();
        return (file, icon);
    }

    [Test]
    public async Task Missing_content_is_reported_at_the_start_without_a_check()
    {
        var (file, icon) = await LoseFileAndIconAsync();
        var health = await HealthAsync();
        Assert.That(health.GetProperty("status").GetString(), Is.EqualTo("degraded"));
        Assert.That(Damages(health), Is.EquivalentTo(new[] { $"{file}: the file is missing", $"{icon}: the icon is missing" }));
        Assert.That((await Server.Anonymous.GetAnswerAsync("/metrics")).Text, Does.Contain("imgapi_damaged_contents{} 2"));
    }

    [Test]
    public async Task A_download_of_missing_content_is_not_found()
    {
        var (file, icon) = await LoseFileAndIconAsync();
        Assert.That((await Server.Anonymous.GetAnswerAsync($"/images/{file}/file")).Status, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await Server.Anonymous.GetAnswerAsync($"/images/{icon}/icon")).Status, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task A_manifest_still_names_its_missing_icon()
    {
        var (_, icon) = await LoseFileAndIconAsync();
        Assert.That((await Server.Anonymous.GetAnswerAsync($"/images/{icon}")).Json.GetProperty("icon").GetBoolean());
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_restored_file_is_sent_again(bool restarts)
    {
        var uuid = await Server.Admin.PublishAsync();
        var path = Lose(uuid);
        await RestartAsync();
        await File.WriteAllBytesAsync(path, Bytes);
        if (restarts)
        {
            await RestartAsync();
        }

        Assert.That((await Server.Anonymous.GetAnswerAsync($"/images/{uuid}/file")).Bytes, Is.EqualTo(Bytes));
    }

    [Test]
    public async Task A_restored_file_is_no_longer_reported_after_the_next_check()
    {
        var path = Lose(await Server.Admin.PublishAsync());
        await RestartAsync();
        Assert.That((await HealthAsync()).GetProperty("damaged_contents").GetInt32(), Is.EqualTo(1));
        await File.WriteAllBytesAsync(path, Bytes);
        await RestartAsync(scrubRate: long.MaxValue);
        await Eventually.TrueAsync(async () => (await HealthAsync()).TryGetProperty("last_scrub", out _));
        Assert.That((await HealthAsync()).GetProperty("status").GetString(), Is.EqualTo("ok"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_deleted_or_replaced_file_is_no_longer_reported(bool isDeleted)
    {
        var uuid = await CreateAndLoseAsync(restarts: true);
        Assert.That((await HealthAsync()).GetProperty("status").GetString(), Is.EqualTo("degraded"));
        await (isDeleted ? Server.Admin.DeleteAnswerAsync($"/images/{uuid}") : Server.Admin.UploadAsync(uuid));
        Assert.That((await Server.Anonymous.GetAnswerAsync("/metrics")).Text, Does.Contain("imgapi_damaged_contents{} 0"));
        Assert.That((await HealthAsync()).GetProperty("status").GetString(), Is.EqualTo("ok"));
    }

    [Test]
    public async Task A_change_of_an_image_keeps_the_entry_of_its_missing_file()
    {
        var uuid = await Server.Admin.PublishAsync();
        var path = Lose(uuid);
        await RestartAsync();
        await Server.Admin.ActAsync(uuid, "disable");
        await RestartAsync();
        Assert.That((await HealthAsync()).GetProperty("damaged_contents").GetInt32(), Is.EqualTo(1));
        await File.WriteAllBytesAsync(path, Bytes);
        Assert.That((await Server.Anonymous.GetAnswerAsync($"/images/{uuid}/file")).Bytes, Is.EqualTo(Bytes));
    }

    [Test]
    public async Task A_truncated_icon_is_not_sent()
    {
        var uuid = await Server.Admin.CreateAsync();
        await Server.Admin.PutAnswerAsync($"/images/{uuid}/icon", Requests.Bytes(Bytes, "image/png"));
        await File.WriteAllBytesAsync(ContentOf(uuid, "icon"), [1, 2]);
        await RestartAsync();
        Assert.That((await Server.Anonymous.GetAnswerAsync($"/images/{uuid}/icon")).Code, Is.EqualTo("InternalError"));
    }
}
