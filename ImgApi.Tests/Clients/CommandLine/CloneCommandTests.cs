using ImgApi.Tests.Support;

namespace ImgApi.Tests.Clients.CommandLine;

/// <summary><c>imgapi clone</c>, which only servers of a datacenter offer.</summary>
[TestFixture]
internal sealed class CloneCommandTests : ClientFixture
{
    private const string Owner = "22222222-2222-4222-8222-222222222222";
    private const string Account = "11111111-1111-4111-8111-111111111111";

    protected override Task<TestServer> StartServerAsync() => TestServer.StartAsync(ServerMode.Dc);

    [Test]
    public async Task The_copy_belongs_to_the_account()
    {
        var image = await Server.Admin.PublishAsync(("owner", Owner), ("acl", new[] { Account }));
        var copy = await JsonAsync("clone", image, "--account", Account);
        Assert.That(copy.Text("owner"), Is.EqualTo(Account));
    }

    [Test]
    public async Task A_person_at_a_terminal_reads_the_name_of_the_copy()
    {
        var image = await Server.Admin.PublishAsync(("owner", Owner), ("acl", new[] { Account }));
        var (code, screen) = await Client.InTerminalAsync("", "clone", image, "--account", Account);
        Assert.That(code, Is.Zero, screen);
        Assert.That(screen, Does.Match(@"Cloned as base@1\.0\.0 \([0-9a-f-]{36}\)"));
    }
}
