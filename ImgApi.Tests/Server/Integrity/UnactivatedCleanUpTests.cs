using ImgApi.Api.Configuration;
using ImgApi.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ImgApi.Tests.Server.Integrity;

/// <summary>The key <c>unactivatedLifespanDays</c>, and the count in <c>/health</c>.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class UnactivatedCleanUpTests : IDisposable
{
    // In the order in which images are looked at, which is that of their uuids, this one is the last.
    private const string Last = "ffffffff-ffff-4fff-bfff-ffffffffffff";

    private readonly TemporaryFolder _folder = new();
    private readonly LogRecorder _log = new();

    public void Dispose()
    {
        _folder.Dispose();
        _log.Dispose();
    }

    private string DataFolder => _folder.Combine("data");

    private Task<TestServer> StartAsync(int? days) => TestServer.StartAsync(
        dataFolder: DataFolder,
        configure: configuration => configuration with { UnactivatedLifespanDays = days ?? 0 },
        replace: services => services.AddLogging(logging => logging.AddProvider(_log)));

    /// <summary>Makes images on a server without the key, and lets them be as old as a test wants.</summary>
    private async Task<string[]> MakeAsync(Func<HttpClient, Task<string[]>> make, double days)
    {
        await using var server = await StartAsync(days: null);
        var uuids = await make(server.Admin);
        foreach (var file in uuids.SelectMany(uuid => Directory.GetFiles(Path.Combine(DataFolder, uuid))))
        {
            File.SetLastWriteTimeUtc(file, TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-days));
        }

        return uuids;
    }

    private Task<string[]> MakeLastAsync() => MakeAsync(
        async admin => [(await admin.ActAsync(Last, "import", Requests.Manifest(("v", 2), ("uuid", Last)))).Uuid], days: 8);

    /// <summary>Waits until all images have been looked at.</summary>
    private Task PassedAsync(string last = Last) =>
        Eventually.TrueAsync(() => _log.Lines.Any(line => line.StartsWith($"image {last} ", StringComparison.Ordinal)));

    [Test]
    public async Task An_image_that_nobody_finishes_is_removed_and_told()
    {
        var uuid = (await MakeAsync(async admin =>
        {
            var made = await admin.CreateAsync(("name", "forgotten"), ("version", "7"));
            await admin.UploadAsync(made);
            return [made];
        }, days: 8)).Single();
        await using var server = await StartAsync(days: 7);
        await PassedAsync(uuid);
        Assert.That((int)(await server.Admin.GetAnswerAsync($"/images/{uuid}")).Status, Is.EqualTo(404));
        Assert.That(Directory.Exists(Path.Combine(DataFolder, uuid)), Is.False);
        // The line follows the removal.
        await Eventually.TrueAsync(() => _log.Lines.Any(line => line.Contains($"image {uuid} (forgotten 7) was removed: it was never activated")));
    }

    [Test]
    public async Task Others_stay()
    {
        await MakeLastAsync();
        var recent = await MakeAsync(async admin => [await admin.CreateAsync()], days: 6);
        var active = await MakeAsync(async admin => [await admin.PublishAsync()], days: 8);
        var origin = await MakeAsync(async admin =>
        {
            var made = await admin.CreateAsync();
            await admin.CreateAsync(("origin", made));
            return [made];
        }, days: 8);
        await using var server = await StartAsync(days: 7);
        await PassedAsync();
        foreach (var uuid in recent.Concat(active).Concat(origin))
        {
            Assert.That((int)(await server.Admin.GetAnswerAsync($"/images/{uuid}")).Status, Is.EqualTo(200));
        }
    }

    [Test]
    public async Task An_upload_under_way_keeps_the_image()
    {
        var uuid = (await MakeAsync(async admin => [await admin.CreateAsync()], days: 8)).Single();
        await MakeLastAsync();
        await File.WriteAllTextAsync(Path.Combine(DataFolder, uuid, "fresh"), "as an upload that has just begun leaves it");
        await using var server = await StartAsync(days: 7);
        await PassedAsync();
        Assert.That((int)(await server.Admin.GetAnswerAsync($"/images/{uuid}")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task A_waiting_job_keeps_the_image()
    {
        var uuid = (await MakeAsync(async admin => [await admin.CreateAsync()], days: 8)).Single();
        await MakeLastAsync();
        var held = new TaskCompletionSource();
        await using var source = new ScriptedServer(_ => held.Task);
        var job = Uuid.New();
        _folder.Write($"data/.imgapi-jobs/{job}.json", $$"""
            {"uuid":"{{job}}","source":"{{source.Address}}","source_is_configured":true,"images":["{{uuid}}"],"request_id":"a",
            "created_at":"2026-11-23T03:10:01Z","execution":"Queued"}
            """);
        await using var server = await StartAsync(days: 7);
        await PassedAsync();
        Assert.That((int)(await server.Admin.GetAnswerAsync($"/images/{uuid}")).Status, Is.EqualTo(200));
        held.SetResult();
    }

    [Test]
    public async Task Health_counts_images_that_are_not_activated()
    {
        await using var server = await StartAsync(days: null);
        await server.Admin.CreateAsync();
        await server.Admin.CreateAsync();
        await server.Admin.PublishAsync();
        Assert.That((await server.Admin.GetAnswerAsync("/health")).Json.GetProperty("unactivated_images").GetInt32(), Is.EqualTo(2));
    }

    [TestCase(0)]
    [TestCase(30)]
    public void The_configuration_has_a_key(int days)
    {
        var file = _folder.Write("config.json", $$"""{"datadir":"{{DataFolder}}","unactivatedLifespanDays":{{days}}}""");
        Assert.That(ConfigurationFile.Read(file).UnactivatedLifespanDays, Is.EqualTo(days));
    }
}
