using System.Text.Json;
using ImgApi.Api.Configuration;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Authentication;

/// <summary>How the server keeps the name of the user who published an image.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class PublisherRecordTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private Task<TestServer> StartAsync(Func<ServerConfiguration, ServerConfiguration>? configure = null) =>
        TestServer.StartAsync(dataFolder: _folder.Make("data"), configure: configure ?? Team.With);

    private string ManifestOf(string uuid) => Path.Combine(_folder.Combine("data"), uuid, "manifest.json");

    [TestCase(true)]
    [TestCase(false)]
    public async Task The_publisher_is_known_after_a_restart_with_and_without_the_start_index(bool isIndexed)
    {
        string uuid;
        await using (var server = await StartAsync())
        {
            using var publisher = server.As(Team.Publisher);
            uuid = await publisher.PublishAsync();
        }

        if (!isIndexed)
        {
            File.Delete(_folder.Combine("data", ".imgapi-index"));
        }

        await using var again = await StartAsync();
        using (var publisher = again.As(Team.Publisher))
        {
            await publisher.ActAsync(uuid, "disable");
        }
    }

    [Test]
    public async Task Only_the_stored_manifest_shows_the_publisher()
    {
        await using var server = await StartAsync();
        using var publisher = server.As(Team.Publisher);
        var uuid = await publisher.CreateAsync();
        var stored = JsonElement.Parse(await File.ReadAllTextAsync(ManifestOf(uuid)));
        Assert.That(stored.GetProperty("imgapi").GetProperty("publisher").GetString(), Is.EqualTo(Team.Publisher));
        Assert.That((await server.Admin.GetAnswerAsync($"/images/{uuid}?inclAdminFields=true")).Text, Does.Not.Contain(Team.Publisher));
    }

    [Test]
    public async Task A_caller_cannot_choose_the_publisher_by_an_import()
    {
        await using var server = await StartAsync();
        using var publisher = server.As(Team.Publisher);
        var uuid = Uuid.New().ToString();
        var answer = await publisher.PostAnswerAsync($"/images/{uuid}?action=import", Requests.Manifest(
            ("v", 2), ("uuid", uuid), ("owner", Uuid.Zero.ToString()), ("imgapi", new { publisher = Team.OtherPublisher })));
        Assert.That((int)answer.Status, Is.EqualTo(422), answer.Text);
    }

    [Test]
    public async Task An_image_without_a_known_publisher_is_changed_by_managers_only()
    {
        string uuid;
        await using (var server = await StartAsync(configuration => configuration with { Authentication = AuthenticationKind.None }))
        {
            uuid = await server.Anonymous.CreateAsync();
        }

        await using var again = await StartAsync();
        using var publisher = again.As(Team.Publisher);
        using var manager = again.As(Team.Manager);
        var refused = await publisher.DeleteAnswerAsync($"/images/{uuid}");
        var done = await manager.DeleteAnswerAsync($"/images/{uuid}");
        Assert.That(((int)refused.Status, (int)done.Status), Is.EqualTo((403, 204)));
    }
}
