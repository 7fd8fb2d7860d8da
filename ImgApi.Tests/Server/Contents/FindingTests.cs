using System.Text.Json;
using ImgApi.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ImgApi.Tests.Server.Contents;

/// <summary>The findings of the content check in <c>/health</c>, in the log, and after a restart.</summary>
[TestFixture]
internal sealed class FindingTests
{
    private const string Incremental = "the stream is incremental, but the image has no origin";

    private TemporaryFolder _folder = null!;
    private LogRecorder _log = null!;

    [SetUp]
    public void MakeFolder() => (_folder, _log) = (new TemporaryFolder(), new LogRecorder());

    [TearDown]
    public void RemoveFolder()
    {
        _folder.Dispose();
        _log.Dispose();
    }

    private Task<TestServer> StartAsync(ContentCheck check) => TestServer.StartAsync(
        dataFolder: _folder.Combine("data"),
        configure: configuration => configuration with { Rules = configuration.Rules with { ContentCheck = check } },
        replace: services => services.AddSingleton<ILoggerProvider>(_log));

    /// <summary>Creates an image and uploads an incremental stream, although the image has no origin.</summary>
    private static async Task<string> UploadIncrementalAsync(TestServer server)
    {
        var uuid = await server.Admin.CreateAsync();
        await server.Admin.UploadAsync(uuid, StreamFiles.Xz("fs-incr"), "compression=xz");
        return uuid;
    }

    private async Task<string> UploadBeforeRestartAsync(ContentCheck check)
    {
        await using var server = await StartAsync(check);
        return await UploadIncrementalAsync(server);
    }

    private static async Task<JsonElement> HealthAsync(HttpClient client) => (await client.GetAnswerAsync("/health")).Json;

    [Test]
    public async Task An_activation_is_refused_for_a_finding_from_before_a_restart()
    {
        var uuid = await UploadBeforeRestartAsync(ContentCheck.Warn);
        await using var server = await StartAsync(ContentCheck.Refuse);
        Assert.That((await server.Admin.PostAnswerAsync($"/images/{uuid}?action=activate")).Code, Is.EqualTo("ContentCheckFailed"));
    }

    [Test]
    public async Task A_finding_from_before_a_restart_is_counted_in_health()
    {
        await UploadBeforeRestartAsync(ContentCheck.Warn);
        await using var server = await StartAsync(ContentCheck.Refuse);
        Assert.That((await HealthAsync(server.Admin)).GetProperty("suspect_files").GetInt32(), Is.EqualTo(1));
    }

    [Test]
    public async Task An_image_whose_file_was_not_checked_is_activated_without_a_warning()
    {
        var uuid = await UploadBeforeRestartAsync(ContentCheck.Off);
        await using var server = await StartAsync(ContentCheck.Refuse);
        Assert.That((await server.Admin.ActAsync(uuid, "activate")).Header("Warning"), Is.Null);
    }

    [Test]
    public async Task Health_counts_the_files_with_findings()
    {
        await using var server = await StartAsync(ContentCheck.Warn);
        await UploadIncrementalAsync(server);
        await server.Admin.UploadAsync(await server.Admin.CreateAsync(), StreamFiles.Xz("fs-full"), "compression=xz");
        Assert.That((await HealthAsync(server.Anonymous)).GetProperty("suspect_files").GetInt32(), Is.EqualTo(1));
    }

    [Test]
    public async Task Health_lists_the_findings_for_users()
    {
        await using var server = await StartAsync(ContentCheck.Warn);
        var uuid = await UploadIncrementalAsync(server);
        var suspect = (await HealthAsync(server.Admin)).GetProperty("suspects").EnumerateArray().Single();
        Assert.That(suspect.GetProperty("image").GetString(), Is.EqualTo(uuid));
        Assert.That(suspect.GetProperty("reasons").EnumerateArray().Single().GetString(), Is.EqualTo(Incremental));
    }

    [Test]
    public async Task Health_hides_the_findings_from_strangers()
    {
        await using var server = await StartAsync(ContentCheck.Warn);
        await UploadIncrementalAsync(server);
        Assert.That((await HealthAsync(server.Anonymous)).TryGetProperty("suspects", out _), Is.False);
    }

    [Test]
    public async Task Health_is_ok_despite_a_finding()
    {
        await using var server = await StartAsync(ContentCheck.Warn);
        await UploadIncrementalAsync(server);
        Assert.That((await HealthAsync(server.Admin)).GetProperty("status").GetString(), Is.EqualTo("ok"));
    }

    [Test]
    public async Task A_finding_is_logged()
    {
        await using var server = await StartAsync(ContentCheck.Warn);
        var uuid = await UploadIncrementalAsync(server);
        Assert.That(_log.Warnings, Has.One.EqualTo($"image {uuid} cannot be installed: {Incremental}"));
    }
}
