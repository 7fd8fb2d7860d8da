using System.Net;
using ImgApi.Api.Configuration;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Retention;

/// <summary>The configuration key <c>retention</c>.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class RetentionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private Task<TestServer> StartAsync(RetentionKeys? keys = null) =>
        TestServer.StartAsync(dataFolder: _folder.Path, configure: configuration => configuration with { Retention = keys });

    private static async Task<HttpStatusCode> StatusAsync(TestServer server, string uuid) => (await server.Admin.GetAnswerAsync($"/images/{uuid}")).Status;

    private static Task RemovedAsync(TestServer server, string uuid) =>
        Eventually.TrueAsync(async () => await StatusAsync(server, uuid) == HttpStatusCode.NotFound);

    [Test]
    public async Task Images_with_newer_versions_are_removed()
    {
        string old, last;
        await using (var before = await StartAsync())
        {
            old = await before.Admin.PublishAsync(("version", "1"));
            last = await before.Admin.PublishAsync(("version", "2"));
        }

        await using var server = await StartAsync(new RetentionKeys { Keep = 1, FetchedWithinDays = 0 });
        await RemovedAsync(server, old);
        Assert.That(await StatusAsync(server, last), Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task The_audit_says_that_retention_removed_an_image()
    {
        string old;
        await using (var before = await StartAsync())
        {
            old = await before.Admin.PublishAsync();
            await before.Admin.PublishAsync();
        }

        await using var server = await StartAsync(new RetentionKeys { Keep = 1, FetchedWithinDays = 0 });
        await RemovedAsync(server, old);
        var removal = (await server.Admin.GetAnswerAsync($"/audit?image={old}&limit=1")).Json[0];
        Assert.That((removal.GetProperty("action").GetString(), removal.TryGetProperty("user", out _)), Is.EqualTo(("Retention", false)));
    }

    [Test]
    public async Task An_image_that_was_fetched_stays()
    {
        string first, second;
        await using (var before = await StartAsync())
        {
            first = await before.Admin.PublishAsync(("name", "fetched"));
            await before.Admin.PublishAsync(("name", "fetched"));
            second = await before.Admin.CreateAsync(("name", "idle"));
            await before.Anonymous.GetAnswerAsync($"/images/{first}/file");
        }

        SetBack(second, days: 3);
        _folder.Write(".imgapi-fetches.json", File.ReadAllText(_folder.Combine(".imgapi-fetches.json")).Replace("\"since\":\"20", "\"since\":\"19", StringComparison.Ordinal));
        // The image that was never activated goes last, after the pass has judged the others.
        await using var server = await StartAsync(new RetentionKeys { Keep = 1, UnactivatedDays = 2 });
        await RemovedAsync(server, second);
        Assert.That(await StatusAsync(server, first), Is.EqualTo(HttpStatusCode.OK));
    }

    private void SetBack(string uuid, double days)
    {
        foreach (var file in Directory.GetFiles(_folder.Combine(uuid)))
        {
            File.SetLastWriteTimeUtc(file, TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-days));
        }
    }
}
