using System.Net;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Hosting;

/// <summary>What a server says to systemd, as a unit with <c>Type=notify</c> expects it.</summary>
[TestFixture]
[Platform("Linux", Reason = "systemd")]
[Category("Slow")]
internal sealed class ServiceManagerTests
{
    private TemporaryFolder _folder = null!;
    private NotifySocket _systemd = null!;

    [SetUp]
    public void Open() => (_folder, _systemd) = (new TemporaryFolder(), new NotifySocket());

    [TearDown]
    public void Close()
    {
        _systemd.Dispose();
        _folder.Dispose();
    }

    [Test]
    public async Task A_server_answers_when_it_says_that_it_is_ready()
    {
        var port = Ports.Free();
        var starting = StartAsync(port);
        await _systemd.ReceivedAsync("READY=1");
        using var client = new HttpClient();
        var answer = await client.GetAsync(new Uri($"http://127.0.0.1:{port}/ping"));
        await using var server = await starting;
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_server_that_cannot_listen_never_says_that_it_is_ready()
    {
        await using var other = await TestServer.StartAsync();
        Assert.That(async () => await StartAsync(other.Address.Port), Throws.InvalidOperationException);
        Assert.That(_systemd.Messages, Has.None.EqualTo("READY=1"));
    }

    [Test]
    public async Task A_server_that_is_terminated_says_that_it_is_stopping()
    {
        await using var server = await StartAsync();
        await server.TerminateAsync();
        await _systemd.ReceivedAsync("STOPPING=1");
    }

    [Test]
    public async Task A_server_under_systemd_exits_with_code_0()
    {
        await using var server = await StartAsync();
        Assert.That(await server.TerminateAsync(), Is.Zero);
    }

    [Test]
    public async Task A_reload_is_announced_and_ends_with_ready()
    {
        await using var server = await StartAsync();
        await server.ReloadAsync();
        await _systemd.ReceivedAsync("READY=1", count: 2);
        Assert.That(_systemd.Messages, Is.EqualTo(new[] { "READY=1", "RELOADING=1", "READY=1" }));
    }

    [Test]
    public async Task A_server_with_a_watchdog_says_again_and_again_that_it_is_alive()
    {
        await using var server = await StartAsync(0, "WATCHDOG_USEC=3000000");
        await _systemd.ReceivedAsync("WATCHDOG=1", count: 3);
    }

    private Task<ServerProcess> StartAsync(int port = 0, params string[] variables) => ServerProcess.StartAsync(
        _folder.Write("config.json", $$"""{"datadir":"data","port":{{port}},"address":"127.0.0.1"}"""), ["env", _systemd.Variable, .. variables]);
}
