using System.Text.Json;
using ImgApi.Api.Configuration;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Integrity;

/// <summary>The background check of stored content.</summary>
[TestFixture]
internal sealed class ContentScrubTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    private static ServerConfiguration AtFullSpeed(ServerConfiguration configuration) => configuration with { ScrubRate = long.MaxValue };

    private static ServerConfiguration WithoutScrub(ServerConfiguration configuration) => configuration with { ScrubRate = 0 };

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

    /// <summary>Publishes images, and damages their content while no server runs: by a wrong byte, a missing end and the removal of a file.</summary>
    private async Task<(string Flipped, string Cut, string Lost, string Icon, string Good)> MakeDamageAsync()
    {
        var uuids = new string[5];
        await using (var server = await StartAsync(WithoutScrub))
        {
            for (var i = 0; i < uuids.Length; i++)
            {
                uuids[i] = await server.Admin.PublishAsync();
            }

            await server.Admin.PutAnswerAsync($"/images/{uuids[3]}/icon", Requests.Bytes([1, 2], "image/png"));
        }

        await File.WriteAllBytesAsync(ContentOf(uuids[0], "image"), [1, 2, 3, 5]);
        await File.WriteAllBytesAsync(ContentOf(uuids[1], "image"), [1, 2, 3]);
        File.Delete(ContentOf(uuids[2], "image"));
        await File.WriteAllBytesAsync(ContentOf(uuids[3], "icon"), [2, 1]);
        return (uuids[0], uuids[1], uuids[2], uuids[3], uuids[4]);
    }

    [Test]
    public async Task Damaged_content_is_found_and_reported()
    {
        var images = await MakeDamageAsync();
        await using var server = await StartAsync(AtFullSpeed);
        var health = await HealthAfterScrubAsync(server.Admin);
        Assert.That(health.GetProperty("status").GetString(), Is.EqualTo("degraded"));
        var damaged = health.GetProperty("damages").EnumerateArray().Select(damage => damage.GetProperty("image").GetString());
        Assert.That(damaged, Is.EquivalentTo(new[] { images.Flipped, images.Cut, images.Lost, images.Icon }));
        Assert.That((await server.Anonymous.GetAnswerAsync("/metrics")).Text, Does.Contain("imgapi_damaged_contents{} 4"));
    }

    [Test]
    public async Task Damage_is_listed_for_users_only()
    {
        await MakeDamageAsync();
        await using var server = await StartAsync(AtFullSpeed);
        await HealthAfterScrubAsync(server.Admin);
        Assert.That((await server.Anonymous.GetAnswerAsync("/health")).Keys, Does.Not.Contain("damages"));
    }

    [Test]
    public async Task Damaged_content_is_never_deleted()
    {
        var images = await MakeDamageAsync();
        await using (var server = await StartAsync(AtFullSpeed))
        {
            await HealthAfterScrubAsync(server.Admin);
        }

        Assert.That(File.Exists(ContentOf(images.Flipped, "image")));
    }

    [Test]
    public async Task Damaged_content_that_was_found_before_a_restart_is_not_sent_after_it()
    {
        var images = await MakeDamageAsync();
        await using (var server = await StartAsync(AtFullSpeed))
        {
            await HealthAfterScrubAsync(server.Admin);
        }

        await using var next = await StartAsync(WithoutScrub);
        Assert.That((await next.Anonymous.GetAnswerAsync("/health")).Json.GetProperty("damaged_contents").GetInt32(), Is.EqualTo(4));
        foreach (var path in new[] { $"{images.Flipped}/file", $"{images.Cut}/file", $"{images.Icon}/icon" })
        {
            Assert.That((await next.Anonymous.GetAnswerAsync($"/images/{path}")).Code, Is.EqualTo("InternalError"), path);
        }

        Assert.That((await next.Anonymous.GetAnswerAsync($"/images/{images.Lost}/file")).Code, Is.EqualTo("ResourceNotFound"));
    }

    [Test]
    public async Task Content_beside_damaged_content_is_sent()
    {
        var images = await MakeDamageAsync();
        await using var server = await StartAsync(AtFullSpeed);
        await HealthAfterScrubAsync(server.Admin);
        Assert.That((await server.Anonymous.GetAnswerAsync($"/images/{images.Good}/file")).Bytes, Is.EqualTo(new byte[] { 1, 2, 3, 4 }));
    }

    [Test]
    public async Task Repaired_content_is_sent_again()
    {
        string uuid;
        await using (var server = await StartAsync(WithoutScrub))
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
    public async Task An_unreadable_damage_register_does_not_stop_the_check()
    {
        _folder.Write(".imgapi-damages.json", "[{");
        await using var server = await StartAsync(AtFullSpeed);
        Assert.That((await HealthAfterScrubAsync(server.Admin)).GetProperty("status").GetString(), Is.EqualTo("ok"));
    }
}
