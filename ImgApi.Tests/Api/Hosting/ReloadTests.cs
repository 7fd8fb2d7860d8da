using System.Net;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Api.Hosting;

/// <summary>What SIGHUP does to a running server.</summary>
[TestFixture]
[Platform("Linux", Reason = "signals")]
[Category("Slow")]
internal sealed class ReloadTests
{
    private readonly TemporaryFolder _folder = new();
    private ServerProcess _server = null!;

    [SetUp]
    public async Task StartAsync()
    {
        Write(Users("old"));
        _server = await ServerProcess.StartAsync(_folder.Combine("config.json"));
    }

    [TearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [OneTimeTearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public async Task A_new_password_counts()
    {
        Write(Users("new"));
        await _server.ReloadAsync();
        Assert.That(await StatusAsync("new"), Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task The_password_from_before_counts_no_longer()
    {
        Write(Users("new"));
        await _server.ReloadAsync();
        Assert.That(await StatusAsync("old"), Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task A_new_log_level_counts()
    {
        Write(Users("old") + ", \"logLevel\": \"debug\"");
        await _server.ReloadAsync();
        using var client = Client("old");
        var state = (await client.GetAnswerAsync("/state")).Json;
        Assert.That(state.GetProperty("log").GetProperty("level").GetInt32(), Is.EqualTo(20));
    }

    [Test]
    public async Task What_needs_a_restart_is_named()
    {
        Write(Users("old") + ", \"mode\": \"private\", \"serverName\": \"x\"");
        Assert.That(await _server.ReloadAsync(), Does.EndWith("; a restart is needed for mode, serverName"));
    }

    [Test]
    public async Task A_change_of_users_alone_needs_no_restart()
    {
        Write(Users("new"));
        Assert.That(await _server.ReloadAsync(), Does.EndWith("configuration reloaded: users, keys, certificate and log level"));
    }

    [Test]
    public async Task A_file_that_cannot_be_used_is_named_with_the_reason()
    {
        Write(Users("new") + ", nonsense");
        Assert.That(await _server.ReloadAsync(), Does.Contain("error configuration not reloaded, the settings from before stay").And.Contain("unexpected 'n'"));
    }

    [Test]
    public async Task A_file_that_cannot_be_used_changes_nothing()
    {
        Write(Users("new") + ", nonsense");
        await _server.ReloadAsync();
        Assert.That(await StatusAsync("old"), Is.EqualTo(HttpStatusCode.OK));
    }

    private static string Users(string password) => $$"""
        "userdb": [{ "name": "admin", "password": "{{password}}" }]
        """;

    private void Write(string keys) =>
        _folder.Write("config.json", $$"""{ "datadir": "data", "port": 0, "address": "127.0.0.1", {{keys}} }""");

    private async Task<HttpStatusCode> StatusAsync(string password)
    {
        using var client = Client(password);
        return (await client.GetAnswerAsync("/state")).Status;
    }

    private HttpClient Client(string password) => new()
    {
        BaseAddress = _server.Address,
        DefaultRequestHeaders = { Authorization = TestServer.Basic("admin", password) },
    };
}
