using ImgApi.Api.Configuration;
using ImgApi.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ImgApi.Tests.Server.Integrity;

/// <summary>The configuration key <c>unactivatedLifespanDays</c>, and the count in <c>/health</c>.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class UnactivatedCleanUpTests : IDisposable
{
    // The clean-up looks at images in the order of their UUIDs, and so at this one last.
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

    /// <summary>Creates images on a server without the key, and sets back the time of their files.</summary>
    private async Task<string[]> CreateAsync(Func<HttpClient, Task<string[]>> create, double days)
    {
        await using var server = await StartAsync(days: null);
        var uuids = await create(server.Admin);
        foreach (var file in uuids.SelectMany(uuid => Directory.GetFiles(Path.Combine(DataFolder, uuid))))
        {
            File.SetLastWriteTimeUtc(file, TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-days));
        }

        return uuids;
    }

    private Task<string[]> CreateLastAsync() => CreateAsync(
        async admin => [(await admin.ActAsync(Last, "import", Requests.Manifest(("v", 2), ("uuid", Last)))).Uuid], days: 8);

    /// <summary>Waits until the clean-up has looked at all images.</summary>
    private Task CleanedUpAsync(string last = Last) =>
        Eventually.TrueAsync(() => _log.Lines.Any(line =>
            line.StartsWith($"image {last} ", StringComparison.Ordinal) && line.Contains("never activated", StringComparison.Ordinal)));

    [Test]
    public async Task An_old_image_that_was_never_activated_is_removed_and_logged()
    {
        var uuid = (await CreateAsync(async admin =>
        {
            var created = await admin.CreateAsync(("name", "forgotten"), ("version", "7"));
            await admin.UploadAsync(created);
            return [created];
        }, days: 8)).Single();
        await using var server = await StartAsync(days: 7);
        await CleanedUpAsync(uuid);
        Assert.That((int)(await server.Admin.GetAnswerAsync($"/images/{uuid}")).Status, Is.EqualTo(404));
        Assert.That(Directory.Exists(Path.Combine(DataFolder, uuid)), Is.False);
        // The line is logged after the removal.
        await Eventually.TrueAsync(() => _log.Lines.Any(line => line.Contains($"image {uuid} (forgotten 7) was removed: it was never activated")));
    }

    [Test]
    public async Task An_unactivated_image_that_is_not_old_enough_stays() =>
        await AssertStaysAsync(async admin => [await admin.CreateAsync()], days: 6);

    [Test]
    public async Task An_old_active_image_stays() => await AssertStaysAsync(async admin => [await admin.PublishAsync()], days: 8);

    [Test]
    public async Task An_old_unactivated_image_with_a_dependent_stays() => await AssertStaysAsync(
        async admin =>
        {
            var origin = await admin.CreateAsync();
            await admin.CreateAsync(("origin", origin));
            return [origin];
        },
        days: 8);

    [Test]
    public async Task An_old_image_with_a_recent_resumable_upload_stays() => await AssertStaysAsync(
        async admin =>
        {
            var image = await admin.CreateAsync();
            await ResumableUpload.BeginAsync(admin, image, 100);
            return [image];
        },
        days: 8);

    private async Task AssertStaysAsync(Func<HttpClient, Task<string[]>> create, double days)
    {
        await CreateLastAsync();
        var uuid = (await CreateAsync(create, days)).Single();
        await using var server = await StartAsync(days: 7);
        await CleanedUpAsync();
        Assert.That((int)(await server.Admin.GetAnswerAsync($"/images/{uuid}")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task An_old_image_with_a_running_upload_stays()
    {
        var uuid = (await CreateAsync(async admin => [await admin.CreateAsync()], days: 8)).Single();
        await CreateLastAsync();
        await File.WriteAllTextAsync(Path.Combine(DataFolder, uuid, "fresh"), "as a running upload");
        await using var server = await StartAsync(days: 7);
        await CleanedUpAsync();
        Assert.That((int)(await server.Admin.GetAnswerAsync($"/images/{uuid}")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task An_old_image_with_a_waiting_job_stays()
    {
        var uuid = (await CreateAsync(async admin => [await admin.CreateAsync()], days: 8)).Single();
        await CreateLastAsync();
        var held = new TaskCompletionSource();
        await using var source = new ScriptedServer(_ => held.Task);
        var job = Uuid.New();
        _folder.Write($"data/.imgapi-jobs/{job}.json", $$"""
            {"uuid":"{{job}}","source":"{{source.Address}}","source_is_configured":true,"images":["{{uuid}}"],"request_id":"a",
            "created_at":"2026-11-23T03:10:01Z","execution":"Queued"}
            """);
        await using var server = await StartAsync(days: 7);
        await CleanedUpAsync();
        Assert.That((int)(await server.Admin.GetAnswerAsync($"/images/{uuid}")).Status, Is.EqualTo(200));
        held.SetResult();
    }

    [Test]
    public async Task Health_counts_the_unactivated_images()
    {
        await using var server = await StartAsync(days: null);
        await server.Admin.CreateAsync();
        await server.Admin.CreateAsync();
        await server.Admin.PublishAsync();
        Assert.That((await server.Admin.GetAnswerAsync("/health")).Json.GetProperty("unactivated_images").GetInt32(), Is.EqualTo(2));
    }

    [TestCase(0)]
    [TestCase(30)]
    public void The_lifespan_of_unactivated_images_is_configured_in_days(int days)
    {
        var file = _folder.Write("config.json", $$"""{"datadir":"{{DataFolder}}","unactivatedLifespanDays":{{days}}}""");
        Assert.That(ConfigurationFile.Read(file).UnactivatedLifespanDays, Is.EqualTo(days));
    }
}
