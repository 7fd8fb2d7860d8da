using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server;

/// <summary>The owner of images without owner in their manifest, on the server of a datacenter.</summary>
[TestFixture]
internal sealed class DefaultOwnerTests
{
    private const string Administrator = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa";
    private TestServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _server = await TestServer.StartAsync(
        ServerMode.Dc, configure: configuration => configuration with { Rules = configuration.Rules with { AdminUuid = Uuid.Parse(Administrator) } });

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [Test]
    public async Task A_new_image_without_owner_belongs_to_the_administrator() =>
        Assert.That(Owner(await _server.Admin.PostAnswerAsync("/images", Requests.Manifest(("owner", null)))), Is.EqualTo(Administrator));

    [Test]
    public async Task An_imported_image_without_owner_belongs_to_the_administrator()
    {
        var uuid = Guid.NewGuid().ToString();
        var manifest = Requests.Manifest(("v", 2), ("uuid", uuid), ("owner", null));
        Assert.That(Owner(await _server.Admin.PostAnswerAsync($"/images/{uuid}?action=import", manifest)), Is.EqualTo(Administrator));
    }

    private static string? Owner(Answer answer) => answer.Json.GetProperty("owner").GetString();
}
