using System.Runtime.Versioning;
using ImgApi.Api.Configuration;
using ImgApi.Domain.Access;
using ImgApi.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ImgApi.Tests.Server.Authentication;

/// <summary>Changes of the users file while the server runs.</summary>
[TestFixture]
internal sealed class UsersFileChangeTests
{
    private LogRecorder _log = null!;
    private UsersFileServer _server = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _log = new LogRecorder();
        _server = await UsersFileServer.StartAsync(replace: services => services.AddSingleton<ILoggerProvider>(_log));
        _server.AddUser("joe", Role.Publish);
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _server.DisposeAsync();
        _log.Dispose();
    }

    private Task<(string? User, string? Role)> JoeAsync(string password = "joe") => _server.WhoAsync(UsersFileServer.Basic("joe", password));

    private async Task<string[]> WarningsAsync() =>
        [.. (await _server.Server.Admin.GetAnswerAsync("/health")).Json.GetProperty("warnings").EnumerateArray().Select(warning => warning.GetString()!)];

    private async Task<string?> StatusAsync() => (await _server.Server.Anonymous.GetAnswerAsync("/health")).Json.GetProperty("status").GetString();

    private Task BreakAsync() => File.WriteAllTextAsync(_server.Path, "{ \"users\": [ }");

    [Test]
    public async Task A_user_who_is_added_is_known_at_once() => Assert.That(await JoeAsync(), Is.EqualTo(("joe", "publish")));

    [Test]
    public async Task Users_of_the_configuration_stay_known_beside_those_of_the_file() =>
        Assert.That(await _server.WhoAsync(UsersFileServer.Basic(TestServer.User, TestServer.Password)), Is.EqualTo(("admin", "admin")));

    [Test]
    public async Task A_quota_of_the_users_file_counts_at_once()
    {
        using var joe = _server.Server.As("joe");
        var uuid = await joe.CreateAsync();
        _server.File.SetQuota("joe", 1000);
        var answer = await joe.PutAnswerAsync($"/images/{uuid}/file?compression=gzip", Requests.Bytes(new byte[1001]));
        Assert.That(answer.Message, Is.EqualTo("quota of user joe: 1000 B, 0 B used"));
    }

    [Test]
    public async Task A_user_who_is_removed_is_refused_at_once()
    {
        await JoeAsync();
        _server.File.RemoveUser("joe");
        Assert.That(await JoeAsync(), Is.EqualTo(default((string?, string?))));
    }

    [Test]
    public async Task A_changed_role_counts_at_once()
    {
        await JoeAsync();
        _server.File.SetRole("joe", Role.Read);
        Assert.That(await JoeAsync(), Is.EqualTo(("joe", "read")));
    }

    [Test]
    public async Task A_changed_password_counts_at_once()
    {
        await JoeAsync();
        _server.File.SetPassword("joe", UsersFileServer.HashOf("new"));
        Assert.That((await JoeAsync("joe"), await JoeAsync("new")), Is.EqualTo((default((string?, string?)), ("joe", "publish"))));
    }

    [Test]
    public async Task The_session_of_a_user_ends_with_a_change_of_the_role()
    {
        using var browser = new PageClient(_server.Server);
        await browser.SignInAsync("joe", "joe");
        var session = await browser.ScriptHeaderAsync();
        _server.File.SetRole("joe", Role.Admin);
        Assert.That((await browser.Http.GetAnswerAsync("/ping", session)).Text, Does.Contain("the session has ended; sign in again"));
    }

    [Test]
    public async Task A_broken_file_leaves_the_previous_users_in_force()
    {
        await JoeAsync();
        await BreakAsync();
        Assert.That(await JoeAsync(), Is.EqualTo(("joe", "publish")));
    }

    [Test]
    public async Task A_deleted_file_leaves_the_previous_users_in_force()
    {
        await JoeAsync();
        File.Delete(_server.Path);
        Assert.That((await JoeAsync(), await StatusAsync()), Is.EqualTo((("joe", "publish"), "degraded")));
    }

    [Test]
    public async Task A_broken_file_is_logged_once()
    {
        await BreakAsync();
        await JoeAsync();
        await JoeAsync();
        Assert.That(
            _log.Warnings.Where(line => line.Contains("users file", StringComparison.Ordinal)),
            Is.EqualTo(new[] { "the users file cannot be used, and the previous users stay in force: line 1, column 14: a value was expected here; texts stand in double quotes" }));
    }

    [Test]
    public async Task A_broken_file_makes_the_health_degraded()
    {
        await BreakAsync();
        Assert.That(await StatusAsync(), Is.EqualTo("degraded"));
    }

    [Test]
    public async Task The_health_tells_users_what_is_wrong_with_the_file()
    {
        await BreakAsync();
        Assert.That(await WarningsAsync(), Has.Some.StartWith("\"usersFile\" cannot be used, and the previous users stay in force: line 1"));
    }

    [Test]
    public async Task A_repaired_file_ends_the_fault()
    {
        await BreakAsync();
        await StatusAsync();
        await File.WriteAllTextAsync(_server.Path, "{ \"users\": [] }");
        Assert.That((await StatusAsync(), await JoeAsync()), Is.EqualTo(("ok", default((string?, string?)))));
    }

    [Test]
    public async Task A_user_who_is_in_the_configuration_too_makes_the_file_unusable()
    {
        await JoeAsync();
        _server.AddUser(TestServer.User, Role.Read);
        Assert.That(await WarningsAsync(), Has.Some.EndsWith("the user \"admin\" is also in \"userdb\" of the configuration: remove one of them"));
    }

    [Test]
    public async Task A_reload_that_ends_a_conflict_puts_the_users_of_the_file_in_force()
    {
        _server.AddUser(TestServer.User, Role.Read);
        await StatusAsync();
        _server.Reload(configuration => configuration with { Users = [] });
        Assert.That((await _server.WhoAsync(UsersFileServer.Basic(TestServer.User, TestServer.User)), await StatusAsync()), Is.EqualTo(((TestServer.User, "read"), "ok")));
    }

    [Test]
    public async Task A_reload_with_a_conflict_leaves_the_users_of_the_file_in_force()
    {
        Assert.That(
            () => _server.Reload(configuration => configuration with { Users = [new("joe", "other")] }),
            Throws.TypeOf<ConfigurationException>());
        Assert.That(await JoeAsync(), Is.EqualTo(("joe", "publish")));
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "permissions")]
    [UnsupportedOSPlatform("windows")]
    public async Task A_file_that_others_can_read_is_a_warning()
    {
        File.SetUnixFileMode(_server.Path, File.GetUnixFileMode(_server.Path) | UnixFileMode.OtherRead);
        Assert.That(await WarningsAsync(), Does.Contain("other users of this machine can read or change the file \"usersFile\": chmod 600 it, or 640 if the server reads it by its group"));
    }
}
