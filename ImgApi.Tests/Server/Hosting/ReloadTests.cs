using System.Net;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Hosting;

/// <summary>The reload of the configuration on SIGHUP.</summary>
[TestFixture]
[Platform("Linux", Reason = "signals")]
[Category("Slow")]
internal sealed class ReloadTests
{
    private readonly TemporaryFolder _folder = new();
    private ServerProcess _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        Write(Users("old"));
        _server = await ServerProcess.StartAsync(_folder.Combine("config.json"));
    }

    [SetUp]
    public async Task ReturnToTheFirstConfigurationAsync()
    {
        Write(Users("old"));
        await _server.ReloadAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Test]
    public async Task A_new_password_is_accepted_after_a_reload()
    {
        Write(Users("new"));
        await _server.ReloadAsync();
        Assert.That(await StatusAsync("new"), Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task The_previous_password_is_refused_after_a_reload()
    {
        Write(Users("new"));
        await _server.ReloadAsync();
        Assert.That(await StatusAsync("old"), Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task A_reload_changes_the_role_of_a_user_at_once()
    {
        Write("\"userdb\": [{ \"name\": \"admin\", \"password\": \"old\", \"role\": \"manage\" }]");
        await _server.ReloadAsync();
        Assert.That(await StatusAsync("old"), Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task A_reload_changes_the_log_level()
    {
        Write(Users("old") + ", \"logLevel\": \"debug\"");
        await _server.ReloadAsync();
        using var client = Client("old");
        var state = (await client.GetAnswerAsync("/state")).Json;
        Assert.That(state.GetProperty("log").GetProperty("level").GetInt32(), Is.EqualTo(20));
    }

    [Test]
    public async Task A_reload_names_the_changed_keys_that_need_a_restart()
    {
        Write(Users("old") + ", \"mode\": \"private\", \"serverName\": \"x\"");
        Assert.That(await _server.ReloadAsync(), Does.EndWith("; a restart is needed for mode, serverName"));
    }

    [Test]
    public async Task A_change_of_users_alone_needs_no_restart()
    {
        Write(Users("new"));
        Assert.That(await _server.ReloadAsync(), Does.EndWith("info  configuration reloaded"));
    }

    [Test]
    public async Task A_reload_of_an_invalid_file_logs_the_reason()
    {
        Write(Users("new") + ", nonsense");
        Assert.That(await _server.ReloadAsync(), Does.Contain("error configuration not reloaded, keeping the previous one: line 1, column ").And.Contain("a name in double quotes was expected here"));
    }

    [Test]
    public async Task A_reload_of_an_invalid_file_changes_nothing()
    {
        Write(Users("new") + ", nonsense");
        await _server.ReloadAsync();
        Assert.That(await StatusAsync("old"), Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase("warn")]
    [TestCase("fatal")]
    public async Task The_result_of_a_reload_is_logged_at_every_log_level(string level)
    {
        Write(Users("old") + $", \"logLevel\": \"{level}\"");
        await _server.ReloadAsync();
        Write(Users("old") + $", \"logLevel\": \"{level}\", \"host\": \"x\"");
        Assert.That(await _server.ReloadAsync(), Does.EndWith("a restart is needed for host"));
    }

    [Test]
    public async Task A_reload_with_another_authType_keeps_the_users_until_the_restart()
    {
        Write("\"authType\": \"none\"");
        Assert.That(await _server.ReloadAsync(), Does.EndWith("a restart is needed for userdb, authType"));
        Assert.That(await StatusAsync("old"), Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Of_two_reloads_in_a_row_the_last_file_is_used()
    {
        // The first reload reads from a pipe, and so waits until the text is written.
        var pipe = _folder.Combine("pipe");
        await Tools.RunAsync("mkfifo", [pipe]);
        File.Move(pipe, _folder.Combine("config.json"), overwrite: true);
        var before = Reloads();
        var first = _server.ReloadAsync();
        await using (var writer = new StreamWriter(_folder.Combine("config.json")))
        {
            Write(Users("last"));
            await Tools.RunAsync("kill", ["-HUP", $"{_server.Id}"]);
            await writer.WriteAsync(Text(Users("middle")));
        }

        await first;
        await Eventually.TrueAsync(() => Reloads() == before + 2);
        Assert.That(await StatusAsync("last"), Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_reload_does_not_disturb_a_server_that_is_stopping()
    {
        await using var server = await ServerProcess.StartAsync(_folder.Write("own.json", Text(Users("old"), "own")));
        var signals = Task.Run(async () =>
        {
            for (var i = 0; i < 50 && !server.HasExited; i++)
            {
                await Tools.RunAsync("kill", ["-HUP", $"{server.Id}"]);
            }
        });
        Assert.That(await server.TerminateAsync(), Is.Zero);
        await signals;
    }

    private int Reloads() => _server.Log.Count(line => line.EndsWith(" configuration reloaded", StringComparison.Ordinal));

    private static string Users(string password) => $$"""
        "userdb": [{ "name": "admin", "password": "{{password}}" }]
        """;

    /// <summary>Replaces the file by a rename, so that no reload reads half of it.</summary>
    private void Write(string keys) => File.Move(
        _folder.Write("config.json.new", Text(keys)), _folder.Combine("config.json"), overwrite: true);

    private static string Text(string keys, string folder = "data") => $$"""{ "datadir": "{{folder}}", "port": 0, "address": "127.0.0.1", {{keys}} }""";

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
