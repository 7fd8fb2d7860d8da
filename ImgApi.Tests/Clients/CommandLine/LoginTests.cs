using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Clients.CommandLine;

/// <summary><c>imgapi login</c>, <c>logout</c> and <c>whoami</c>, and how the file with the logins is used.</summary>
[TestFixture]
[UnsupportedOSPlatform("windows")]
internal sealed class LoginTests : ClientFixture
{
    private ClientProgram _user = null!;

    private string Url => $"http://{TestServer.User}@{Server.Address.Authority}";

    [SetUp]
    public void NewUser() => _user = new ClientProgram();

    [TearDown]
    public void Forget() => _user.Dispose();

    [Test]
    public async Task A_person_is_asked_for_user_and_password_and_the_password_is_not_shown()
    {
        var (code, screen) = await _user.InTerminalAsync($"{TestServer.User}\n{TestServer.Password}\n", "login", Server.Address.ToString());
        Assert.That(code, Is.Zero, screen);
        Assert.That(screen, Does.Contain("User at").And.Contain("Password of admin").And.Contain("Logged in"));
    }

    [Test]
    public async Task Ctrl_C_at_a_question_is_exit_code_130()
    {
        var (code, _) = await _user.InTerminalUntilAsync("Password of", ClientProgram.InterruptAsync, "login", Url);
        Assert.That(code, Is.EqualTo(130));
    }

    [Test]
    public async Task The_password_is_kept_in_a_file_that_only_the_user_can_read()
    {
        await LoginAsync();
        Assert.That(
            (File.GetUnixFileMode(_user.Logins), File.GetUnixFileMode(Path.GetDirectoryName(_user.Logins)!)),
            Is.EqualTo((UnixFileMode.UserRead | UnixFileMode.UserWrite, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute)));
    }

    [Test]
    public async Task Later_commands_use_the_login()
    {
        await LoginAsync();
        var (code, _, error) = await _user.RunAsync("create", "name=a", "version=1", "os=smartos", "type=zone-dataset");
        Assert.That(code, Is.Zero, error);
    }

    [Test]
    public async Task A_wrong_password_is_not_kept()
    {
        _user.Environment["IMGAPI_PASSWORD"] = "wrong";
        var (code, _, error) = await _user.RunAsync("login", Url);
        Assert.That((code, File.Exists(_user.Logins)), Is.EqualTo((1, false)), error);
    }

    [Test]
    public async Task Several_servers_are_kept_by_name_and_the_first_is_the_default()
    {
        await using var other = await TestServer.StartAsync();
        await LoginAsync("--name", "home");
        _user.Environment["IMGAPI_PASSWORD"] = TestServer.Password;
        await _user.RunAsync("login", $"http://{TestServer.User}@{other.Address.Authority}", "--name", "other");
        _user.Environment.Remove("IMGAPI_PASSWORD");
        var (_, byDefault, _) = await _user.RunAsync("whoami", "-q");
        var (_, byName, _) = await _user.RunAsync("whoami", "-q", "-u", "other");
        Assert.That((byDefault.Trim(), byName.Trim()), Is.EqualTo(($"admin at {Server.Address.ToString().TrimEnd('/')}, role admin", $"admin at {other.Address.ToString().TrimEnd('/')}, role admin")));
    }

    [Test]
    public async Task Whoami_lists_the_logins_as_json_without_passwords()
    {
        await LoginAsync("--name", "home");
        var (_, output, _) = await _user.RunAsync("whoami", "--json");
        var login = JsonNode.Parse(output)!["logins"]![0]!;
        Assert.That(((string?)login["name"], (bool)login["default"]!, output.Contains(TestServer.Password, StringComparison.Ordinal)), Is.EqualTo(("home", true, false)));
    }

    [Test]
    public async Task Logout_forgets_the_login()
    {
        await LoginAsync("--name", "home");
        await _user.RunAsync("logout");
        var (code, _, error) = await _user.RunAsync("list", "-u", "home");
        Assert.That(code, Is.EqualTo(2));
        Assert.That(error, Does.Contain("there is no login \"home\""));
    }

    [Test]
    public async Task Login_and_logout_print_json_on_request()
    {
        _user.Environment["IMGAPI_PASSWORD"] = TestServer.Password;
        var (_, login, _) = await _user.RunAsync("login", Url, "--name", "home", "--json");
        var (_, logout, _) = await _user.RunAsync("logout", "--json");
        Assert.That(
            (JsonNode.Parse(login)!.ToJsonString(), JsonNode.Parse(logout)!.ToJsonString()),
            Is.EqualTo(($$"""{"name":"home","url":"{{Server.Address.ToString().TrimEnd('/')}}","user":"admin","checked":true}""", """{"name":"home"}""")));
    }

    [Test]
    public async Task A_file_that_others_can_read_is_refused()
    {
        await LoginAsync();
        File.SetUnixFileMode(_user.Logins, File.GetUnixFileMode(_user.Logins) | UnixFileMode.OtherRead);
        var (code, _, error) = await _user.RunAsync("list");
        Assert.That(code, Is.EqualTo(2));
        Assert.That(error, Does.Contain($"chmod 600 {_user.Logins}"));
    }

    [Test]
    public async Task XDG_CONFIG_HOME_moves_the_file()
    {
        _user.Environment["XDG_CONFIG_HOME"] = Path.Combine(_user.Home, "elsewhere");
        await LoginAsync();
        Assert.That(File.Exists(Path.Combine(_user.Home, "elsewhere", "imgapi", "hosts.json")), Is.True);
    }

    private async Task LoginAsync(params string[] more)
    {
        _user.Environment["IMGAPI_PASSWORD"] = TestServer.Password;
        var (code, _, error) = await _user.RunAsync(["login", Url, .. more]);
        _user.Environment.Remove("IMGAPI_PASSWORD");
        Assert.That(code, Is.Zero, error);
    }
}
