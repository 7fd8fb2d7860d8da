using System.Net;
using System.Text.Json;
using ImgApi.Api.Configuration;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Integrity;

/// <summary>Files and icons that manifests name and that are not there.</summary>
[TestFixture]
internal sealed class LostContentTests
{
    private static readonly byte[] Bytes = [1, 2, 3, 4];

    private TemporaryFolder _folder = null!;
    private TestServer _server = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _folder = new TemporaryFolder();
        _server = await StartServerAsync(scrubRate: 0);
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    private Task<TestServer> StartServerAsync(long scrubRate) =>
        TestServer.StartAsync(dataFolder: _folder.Path, configure: (ServerConfiguration configuration) => configuration with { ScrubRate = scrubRate });

    private async Task RestartAsync(long scrubRate = 0)
    {
        await _server.DisposeAsync();
        _server = await StartServerAsync(scrubRate);
    }

    private string ContentOf(string uuid, string kind = "image") => Directory.GetFiles(_folder.Combine(uuid), $"{kind}-*").Single();

    private string Lose(string uuid, string kind = "image")
    {
        var path = ContentOf(uuid, kind);
        File.Delete(path);
        return path;
    }

    private async Task<JsonElement> HealthAsync() => (await _server.Admin.GetAnswerAsync("/health")).Json;

    private static string[] Damages(JsonElement health) =>
        [.. health.GetProperty("damages").EnumerateArray().Select(damage => $"{damage.GetProperty("image")}: {damage.GetProperty("reason")}")];

    [Test]
    public async Task What_is_missing_at_a_start_is_told_at_once_without_any_check()
    {
        var (file, icon) = (await _server.Admin.PublishAsync(), await _server.Admin.CreateAsync());
        await _server.Admin.PutAnswerAsync($"/images/{icon}/icon", Requests.Bytes(Bytes, "image/png"));
        await _server.Admin.CreateAsync();
        Lose(file);
        Lose(icon, "icon");
        await RestartAsync();

        var health = await HealthAsync();
        Assert.That(health.GetProperty("status").GetString(), Is.EqualTo("degraded"));
        Assert.That(Damages(health), Is.EquivalentTo(new[] { $"{file}: the file is missing", $"{icon}: the icon is missing" }));
        Assert.That((await _server.Anonymous.GetAnswerAsync("/metrics")).Text, Does.Contain("imgapi_damaged_contents 2"));
        Assert.That((await _server.Anonymous.GetAnswerAsync($"/images/{file}/file")).Status, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await _server.Anonymous.GetAnswerAsync($"/images/{icon}/icon")).Status, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await _server.Anonymous.GetAnswerAsync($"/images/{icon}")).Json.GetProperty("icon").GetBoolean());
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task What_is_put_back_is_sent_again_without_a_restart_and_the_next_check_clears_the_mark(bool restarts)
    {
        var uuid = await _server.Admin.PublishAsync();
        var path = Lose(uuid);
        await RestartAsync();
        Assert.That((await HealthAsync()).GetProperty("damaged_contents").GetInt32(), Is.EqualTo(1));
        await File.WriteAllBytesAsync(path, Bytes);
        if (restarts)
        {
            await RestartAsync();
        }

        Assert.That((await _server.Anonymous.GetAnswerAsync($"/images/{uuid}/file")).Bytes, Is.EqualTo(Bytes));
        await RestartAsync(scrubRate: long.MaxValue);
        await Eventually.TrueAsync(async () => (await HealthAsync()).TryGetProperty("last_scrub", out _));
        Assert.That((await HealthAsync()).GetProperty("status").GetString(), Is.EqualTo("ok"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task What_is_deleted_or_replaced_is_no_damage_any_more(bool isDeleted)
    {
        var uuid = await _server.Admin.CreateAsync();
        await _server.Admin.UploadAsync(uuid);
        Lose(uuid);
        await RestartAsync();
        Assert.That((await HealthAsync()).GetProperty("status").GetString(), Is.EqualTo("degraded"));
        await (isDeleted ? _server.Admin.DeleteAnswerAsync($"/images/{uuid}") : _server.Admin.UploadAsync(uuid));
        Assert.That((await _server.Anonymous.GetAnswerAsync("/metrics")).Text, Does.Contain("imgapi_damaged_contents 0"));
        Assert.That((await HealthAsync()).GetProperty("status").GetString(), Is.EqualTo("ok"));
    }

    [Test]
    public async Task A_change_of_an_image_whose_file_was_lost_does_not_forget_the_file()
    {
        var uuid = await _server.Admin.PublishAsync();
        var path = Lose(uuid);
        await RestartAsync();
        await _server.Admin.ActAsync(uuid, "disable");
        await RestartAsync();
        Assert.That((await HealthAsync()).GetProperty("damaged_contents").GetInt32(), Is.EqualTo(1));
        await File.WriteAllBytesAsync(path, Bytes);
        Assert.That((await _server.Anonymous.GetAnswerAsync($"/images/{uuid}/file")).Bytes, Is.EqualTo(Bytes));
    }

    [Test]
    public async Task An_icon_that_was_cut_short_is_not_sent()
    {
        var uuid = await _server.Admin.CreateAsync();
        await _server.Admin.PutAnswerAsync($"/images/{uuid}/icon", Requests.Bytes(Bytes, "image/png"));
        await File.WriteAllBytesAsync(ContentOf(uuid, "icon"), [1, 2]);
        await RestartAsync();
        Assert.That((await _server.Anonymous.GetAnswerAsync($"/images/{uuid}/icon")).Code, Is.EqualTo("InternalError"));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task An_image_whose_file_is_gone_is_not_activated_before_it_has_one_again(bool restarts)
    {
        var uuid = await _server.Admin.CreateAsync();
        await _server.Admin.UploadAsync(uuid);
        Lose(uuid);
        if (restarts)
        {
            await RestartAsync();
        }

        var refused = await _server.Admin.PostAnswerAsync($"/images/{uuid}?action=activate");
        Assert.That((int)refused.Status, Is.EqualTo(422));
        Assert.That(refused.Code, Is.EqualTo("NoActivationNoFile"));
        Assert.That(refused.Message, Is.EqualTo($"image \"{uuid}\" cannot be activated: its file is missing, upload it again"));
        Assert.That((await _server.Admin.GetAnswerAsync($"/images/{uuid}")).Json.GetProperty("state").GetString(), Is.EqualTo("unactivated"));
        await _server.Admin.UploadAsync(uuid);
        await _server.Admin.ActAsync(uuid, "activate");
    }

    [Test]
    public async Task An_image_whose_file_was_cut_short_is_not_activated()
    {
        var uuid = await _server.Admin.CreateAsync();
        await _server.Admin.UploadAsync(uuid);
        await File.WriteAllBytesAsync(ContentOf(uuid), [1]);
        var refused = await _server.Admin.PostAnswerAsync($"/images/{uuid}?action=activate");
        Assert.That(refused.Code, Is.EqualTo("NoActivationNoFile"));
        Assert.That(refused.Message, Is.EqualTo($"image \"{uuid}\" cannot be activated: its file is damaged, upload it again"));
    }

    [Test]
    public async Task An_import_whose_file_was_lost_before_the_activation_fetches_it_again()
    {
        await using var source = await TestServer.StartAsync();
        var uuid = await source.Admin.PublishAsync();
        await _server.Admin.ImportFromAsync(uuid, source.Address);
        await _server.Admin.FileFromAsync(uuid, source.Address);
        Lose(uuid);
        var job = await _server.Admin.JobEndAsync(await _server.Admin.StartJobAsync(uuid, source.Address));
        Assert.That(job.ErrorOf(), Is.Empty);
        Assert.That((await _server.Anonymous.GetAnswerAsync($"/images/{uuid}/file")).Bytes, Is.EqualTo(Bytes));
    }
}
