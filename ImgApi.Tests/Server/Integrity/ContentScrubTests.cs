using System.Text.Json;
using ImgApi.Api.Configuration;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Integrity;

/// <summary>A server over stored content that was damaged behind its back.</summary>
[TestFixture]
internal sealed class ContentScrubTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    private static ServerConfiguration AtFullSpeed(ServerConfiguration configuration) => configuration with { ScrubRate = long.MaxValue };

    private static ServerConfiguration Never(ServerConfiguration configuration) => configuration with { ScrubRate = 0 };

    private Task<TestServer> StartAsync(Func<ServerConfiguration, ServerConfiguration> configure) =>
        TestServer.StartAsync(dataFolder: _folder.Path, configure: configure);

    private string ContentOf(string uuid, string kind) => Directory.GetFiles(_folder.Combine(uuid), $"{kind}-*").Single();

    private static async Task<JsonElement> HealthAfterScrubAsync(HttpClient client)
    {
        JsonElement health = default;
        await Eventually.TrueAsync(async () =>
        {
            health = (await client.GetAnswerAsync("/health")).Json;
            return health.TryGetProperty("last_scrub", out _);
        });
        return health;
    }

    [Test]
    public async Task Damage_is_found_told_refused_to_downloads_and_never_deleted()
    {
        string flipped, cut, lost, good, icon;
        await using (var server = await StartAsync(Never))
        {
            (flipped, cut, lost) = (await server.Admin.PublishAsync(), await server.Admin.PublishAsync(), await server.Admin.PublishAsync());
            (good, icon) = (await server.Admin.PublishAsync(), await server.Admin.PublishAsync());
            await server.Admin.PutAnswerAsync($"/images/{icon}/icon", Requests.Bytes([1, 2], "image/png"));
        }

        await File.WriteAllBytesAsync(ContentOf(flipped, "image"), [1, 2, 3, 5]);
        await File.WriteAllBytesAsync(ContentOf(cut, "image"), [1, 2, 3]);
        await File.WriteAllBytesAsync(ContentOf(icon, "icon"), [2, 1]);
        File.Delete(ContentOf(lost, "image"));

        await using (var server = await StartAsync(AtFullSpeed))
        {
            var health = await HealthAfterScrubAsync(server.Admin);
            Assert.That(health.GetProperty("status").GetString(), Is.EqualTo("degraded"));
            var damaged = health.GetProperty("damages").EnumerateArray().Select(damage => damage.GetProperty("image").GetString());
            Assert.That(damaged, Is.EquivalentTo(new[] { flipped, cut, icon, lost }));
            Assert.That((await server.Anonymous.GetAnswerAsync("/health")).Keys, Does.Not.Contain("damages"));
            Assert.That((await server.Anonymous.GetAnswerAsync("/metrics")).Text, Does.Contain("imgapi_damaged_contents 4"));
        }

        Assert.That(File.Exists(ContentOf(flipped, "image")));
        await using (var server = await StartAsync(Never))
        {
            Assert.That((await server.Anonymous.GetAnswerAsync("/health")).Json.GetProperty("damaged_contents").GetInt32(), Is.EqualTo(4));
            foreach (var path in new[] { $"{flipped}/file", $"{cut}/file", $"{icon}/icon" })
            {
                Assert.That((await server.Anonymous.GetAnswerAsync($"/images/{path}")).Code, Is.EqualTo("InternalError"), path);
            }

            Assert.That((await server.Anonymous.GetAnswerAsync($"/images/{lost}/file")).Code, Is.EqualTo("ResourceNotFound"));
            Assert.That((await server.Anonymous.GetAnswerAsync($"/images/{good}/file")).Bytes, Is.EqualTo(new byte[] { 1, 2, 3, 4 }));
        }
    }

    [Test]
    public async Task What_was_repaired_is_served_again()
    {
        string uuid;
        await using (var server = await StartAsync(Never))
        {
            uuid = await server.Admin.PublishAsync();
        }

        await File.WriteAllBytesAsync(ContentOf(uuid, "image"), [1, 2, 3, 5]);
        await using (var server = await StartAsync(AtFullSpeed))
        {
            Assert.That((await HealthAfterScrubAsync(server.Admin)).GetProperty("damaged_contents").GetInt32(), Is.EqualTo(1));
        }

        await File.WriteAllBytesAsync(ContentOf(uuid, "image"), [1, 2, 3, 4]);
        await using (var server = await StartAsync(AtFullSpeed))
        {
            Assert.That((await HealthAfterScrubAsync(server.Admin)).GetProperty("status").GetString(), Is.EqualTo("ok"));
            Assert.That((await server.Anonymous.GetAnswerAsync($"/images/{uuid}/file")).Bytes, Is.EqualTo(new byte[] { 1, 2, 3, 4 }));
        }
    }

    [Test]
    public async Task A_list_of_damages_that_cannot_be_read_stops_nothing()
    {
        _folder.Write(".imgapi-damages.json", "[{");
        await using var server = await StartAsync(AtFullSpeed);
        Assert.That((await HealthAfterScrubAsync(server.Admin)).GetProperty("status").GetString(), Is.EqualTo("ok"));
    }

    [Test]
    public async Task The_figures_are_counted()
    {
        await using var server = await StartAsync(AtFullSpeed);
        await server.Admin.PublishAsync();
        AssertContains((await server.Anonymous.GetAnswerAsync("/metrics")).Text, "imgapi_images 1", "imgapi_requests_total{method=\"PUT\",code=\"200\"} 1", "imgapi_request_duration_seconds_count");

        static void AssertContains(string text, params string[] parts) =>
            Assert.That(parts, Is.All.Matches<string?>(part => text.Contains(part!, StringComparison.Ordinal)), text);
    }
}
