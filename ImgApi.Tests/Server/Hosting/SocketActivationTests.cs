using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Hosting;

/// <summary>A server that gets its port from systemd, which keeps the port open while the server restarts.</summary>
[TestFixture]
[Platform("Linux", Reason = "systemd")]
[Category("Slow")]
internal sealed class SocketActivationTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public async Task A_connection_from_before_the_start_is_answered()
    {
        using var server = await OpenAsync();
        using var connection = server.SendPing();
        Assert.That(await ActivatedServer.AnsweringProcessAsync(connection), Is.Positive);
    }

    [Test]
    public async Task A_connection_during_a_restart_waits_and_is_answered_by_the_next_process()
    {
        using var server = await OpenAsync();
        using var before = server.SendPing();
        var first = await ActivatedServer.AnsweringProcessAsync(before);
        await ActivatedServer.TerminateAsync(first);
        using var during = server.SendPing();
        await server.StartAgainAsync();
        Assert.That(await ActivatedServer.AnsweringProcessAsync(during), Is.Not.EqualTo(first));
    }

    [Test]
    public async Task The_log_shows_the_address_of_the_socket_in_place_of_the_configured_one() => Assert.That(
        await LogAsync("", "127.0.0.1"), Does.Match(@"Listening on 127\.0\.0\.1:\d+, opened by systemd; ""address"" and ""port"" of the configuration have no effect"));

    [Test]
    public async Task Warnings_are_about_the_address_of_the_socket() => Assert.That(
        await LogAsync(""", "userdb": [{ "name": "admin", "password": "secret" }] """, "0.0.0.0"), Does.Contain("other machines can reach this server"));

    /// <summary>The whole log of a server that has answered a request.</summary>
    private async Task<string> LogAsync(string keys, string address)
    {
        using var server = await OpenAsync(keys, address);
        using var connection = server.SendPing();
        await ActivatedServer.TerminateAsync(await ActivatedServer.AnsweringProcessAsync(connection));
        return await server.EndAsync();
    }

    /// <summary>A server that opened a socket of its own would listen on the configured address, which nobody asks.</summary>
    private Task<ActivatedServer> OpenAsync(string keys = "", string address = "127.0.0.1") => ActivatedServer.OpenAsync(
        _folder.Write("config.json", $$"""{ "datadir": "data", "port": 1, "address": "127.0.0.3"{{keys}} }"""), _folder, address);
}
