using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.CommandLine;

/// <summary>The server takes over what <c>imgapi verify</c> finds, whether it is running meanwhile or starts later.</summary>
[TestFixture]
[Category("Slow")]
internal sealed class VerifyHandoverTests
{
    private static readonly byte[] Good = [1, 2, 3, 4];
    private static readonly byte[] Bad = [4, 3, 2, 1];

    private TemporaryFolder _folder = null!;
    private TestServer _server = null!;
    private string _config = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _folder = new TemporaryFolder();
        _config = _folder.Write("config.json", $$"""{"datadir":"{{Data}}"}""");
        _server = await StartServerAsync();
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    private string Data => _folder.Combine("data");

    /// <summary>A server without the background check.</summary>
    private Task<TestServer> StartServerAsync() =>
        TestServer.StartAsync(dataFolder: Data, configure: configuration => configuration with { ScrubRate = 0 });

    private async Task<int> VerifyAsync(params string[] uuids) =>
        (await Tools.RunAsync("dotnet", [ServerProcess.Program, "verify", "-c", _config, .. uuids])).Code;

    private Task ReplaceFileAsync(string uuid, byte[] bytes) => File.WriteAllBytesAsync(FileOf(uuid), bytes);

    private string FileOf(string uuid) => Directory.GetFiles(Path.Combine(Data, uuid), "image-*").Single();

    private Task<Answer> DownloadAsync(string uuid) => _server.Anonymous.GetAnswerAsync($"/images/{uuid}/file");

    private async Task<string[]> DamagedAsync()
    {
        var health = (await _server.Admin.GetAnswerAsync("/health")).Json;
        Assert.That(health.GetProperty("status").GetString(), Is.EqualTo(health.GetProperty("damaged_contents").GetInt32() > 0 ? "degraded" : "ok"));
        return [.. health.GetProperty("damages").EnumerateArray().Select(damage => damage.GetProperty("image").GetString()!)];
    }

    [Test]
    public async Task A_running_server_refuses_downloads_of_content_that_was_found_damaged()
    {
        var (first, second) = (await _server.Admin.PublishAsync(), await _server.Admin.PublishAsync());
        await ReplaceFileAsync(first, Bad);
        await ReplaceFileAsync(second, Bad);
        Assert.That(await VerifyAsync(first), Is.EqualTo(1));
        Assert.That((await DownloadAsync(first)).Code, Is.EqualTo("InternalError"));
        Assert.That(await DamagedAsync(), Is.EqualTo(new[] { first }));

        Assert.That(await VerifyAsync(second), Is.EqualTo(1));
        Assert.That((await DownloadAsync(second)).Code, Is.EqualTo("InternalError"));
        Assert.That(await DamagedAsync(), Is.EquivalentTo(new[] { first, second }));
    }

    [Test]
    public async Task A_running_server_sends_content_again_that_was_found_repaired()
    {
        var (repaired, damaged) = (await _server.Admin.PublishAsync(), await _server.Admin.PublishAsync());
        await ReplaceFileAsync(repaired, Bad);
        await ReplaceFileAsync(damaged, Bad);
        await VerifyAsync();
        await ReplaceFileAsync(repaired, Good);
        Assert.That(await VerifyAsync(repaired), Is.Zero);
        Assert.That((await DownloadAsync(repaired)).Bytes, Is.EqualTo(Good));
        Assert.That((await DownloadAsync(damaged)).Code, Is.EqualTo("InternalError"));

        await ReplaceFileAsync(damaged, Good);
        Assert.That(await VerifyAsync(), Is.Zero);
        Assert.That(await DamagedAsync(), Is.Empty);
        Assert.That((await DownloadAsync(damaged)).Bytes, Is.EqualTo(Good));
    }

    [Test]
    public async Task A_server_that_starts_later_refuses_downloads_of_content_that_was_found_damaged()
    {
        var uuid = await _server.Admin.PublishAsync();
        await _server.DisposeAsync();
        await ReplaceFileAsync(uuid, Bad);
        Assert.That(await VerifyAsync(), Is.EqualTo(1));
        _server = await StartServerAsync();
        Assert.That((await DownloadAsync(uuid)).Code, Is.EqualTo("InternalError"));
        Assert.That(await DamagedAsync(), Is.EqualTo(new[] { uuid }));
    }

    [Test]
    public async Task An_image_whose_file_was_found_damaged_is_activated_only_after_a_new_upload()
    {
        var uuid = await _server.Admin.CreateAsync();
        await _server.Admin.UploadAsync(uuid);
        await ReplaceFileAsync(uuid, Bad);
        Assert.That(await VerifyAsync(), Is.EqualTo(1));
        Assert.That((await _server.Admin.PostAnswerAsync($"/images/{uuid}?action=activate")).Code, Is.EqualTo("NoActivationNoFile"));
        uuid = (await _server.Admin.ActAsync(uuid, "update", Requests.Json(new { uuid = Guid.NewGuid().ToString() }))).Uuid;
        Assert.That((await _server.Admin.PostAnswerAsync($"/images/{uuid}?action=activate")).Code, Is.EqualTo("NoActivationNoFile"));
        await _server.Admin.UploadAsync(uuid);
        await _server.Admin.ActAsync(uuid, "activate");
    }

    [Test]
    public async Task A_missing_file_is_reported_as_damage()
    {
        var uuid = await _server.Admin.PublishAsync();
        File.Delete(FileOf(uuid));
        var (code, output, _) = await Tools.RunAsync("dotnet", [ServerProcess.Program, "verify", "-c", _config]);
        Assert.That(code, Is.EqualTo(1), output);
        Assert.That(output, Does.Contain($"{uuid} base@1.0.0: the file is missing").And.Contain("0 contents good, 1 damaged, 0 images unreadable"));
        Assert.That(await DamagedAsync(), Is.EqualTo(new[] { uuid }));
        Assert.That((await _server.Anonymous.GetAnswerAsync("/metrics")).Text, Does.Contain("imgapi_damaged_contents{} 1"));
    }
}
