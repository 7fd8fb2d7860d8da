using ImgApi.Tests.Support;

namespace ImgApi.Tests.Clients.CommandLine;

/// <summary>Which server a command speaks to, as whom, and what it says if that fails.</summary>
[TestFixture]
internal sealed class ConnectionTests : ClientFixture
{
    private ClientProgram _user = null!;

    private string Url => $"http://{TestServer.User}@{Server.Address.Authority}";

    [SetUp]
    public void NewUser() => _user = new ClientProgram();

    [TearDown]
    public void Forget() => _user.Dispose();

    [TestCase("""{"host":"127.0.0.1","port":PORT,"datadir":"x","userdb":[{"name":"admin","password":"secret"}]}""")]
    [TestCase("""{"address":"127.0.0.1","port":PORT,"datadir":"x","userdb":[{"name":"admin","password":"secret"},{"name":"b","password":"c"}]} // a comment""")]
    public async Task Without_a_name_the_server_is_that_of_the_configuration_file(string configuration)
    {
        await File.WriteAllTextAsync(Path.Combine(_user.Home, ".imgapi.json"), configuration.Replace("PORT", $"{Server.Address.Port}", StringComparison.Ordinal));
        var (_, output, error) = await _user.RunAsync("whoami", "-q");
        Assert.That(output, Is.EqualTo($"admin at {Server.Address.ToString().TrimEnd('/')}, role admin\n"), error);
    }

    [Test]
    public async Task Without_any_server_the_user_reads_how_to_name_one()
    {
        var (code, _, error) = await _user.RunAsync("list");
        Assert.That(code, Is.EqualTo(2));
        Assert.That(error, Does.Contain("-u").And.Contain("IMGAPI_URL").And.Contain("imgapi login"));
    }

    [Test]
    public async Task A_password_on_the_command_line_is_refused_and_not_repeated()
    {
        var (code, _, error) = await _user.RunAsync("list", "-u", $"http://admin:geheim@{Server.Address.Authority}");
        Assert.That(code, Is.EqualTo(2));
        Assert.That(error, Does.Contain("the URL has a password").And.Not.Contain("geheim"));
    }

    [Test]
    public async Task The_password_may_be_in_a_file()
    {
        var file = Path.Combine(_user.Home, "password");
        await File.WriteAllTextAsync(file, TestServer.Password + "\n");
        var (_, output, error) = await _user.RunAsync("whoami", "-q", "-u", Url, "--password-file", file);
        Assert.That(output, Does.StartWith("admin at"), error);
    }

    [Test]
    public async Task A_person_is_asked_for_the_password_that_the_server_wants()
    {
        var (code, screen) = await _user.InTerminalAsync($"{TestServer.Password}\n", "create", "name=a", "version=1", "os=smartos", "type=zone-dataset", "-u", Url);
        Assert.That(code, Is.Zero, screen);
        Assert.That(screen, Does.Contain("Password of admin at"));
    }

    [Test]
    public async Task A_script_without_the_password_reads_how_to_give_it()
    {
        var (code, _, error) = await _user.RunAsync("create", "name=a", "version=1", "os=smartos", "type=zone-dataset", "-u", Url);
        Assert.That(code, Is.EqualTo(1));
        Assert.That(error, Does.Contain("imgapi login").And.Contain("IMGAPI_PASSWORD"));
    }

    [Test]
    public async Task A_server_that_does_not_answer_is_exit_code_3()
    {
        var (code, _, error) = await _user.RunAsync("list", "-u", $"http://127.0.0.1:{Ports.Free()}");
        Assert.That(code, Is.EqualTo(3));
        Assert.That(error, Does.Contain("Connection refused"));
    }

    [Test]
    public async Task A_host_that_is_no_host_is_an_error_in_one_sentence()
    {
        using var user = new ClientProgram();
        user.Write(".imgapi.json", """{"host":"a b"}"""u8.ToArray());
        var (code, _, error) = await user.RunAsync("list");
        Assert.That((code, error), Is.EqualTo((2, $"imgapi: {user.Combine(".imgapi.json")} names no server: its \"host\" is not the name or address of a host\n")));
    }

    [Test]
    public async Task Ctrl_C_is_exit_code_130()
    {
        var pidFile = Path.Combine(_user.Home, "pid");
        await using var slow = new ScriptedServer(async _ =>
        {
            await Tools.RunAsync("kill", ["-INT", (await File.ReadAllTextAsync(pidFile)).Trim()]);
            await Task.Delay(Timeout.Infinite);
        });
        var command = $"echo $$ > {pidFile}; exec env --default-signal=INT HOME={_user.Home} dotnet {ServerProcess.Program} list -u {slow.Address}";
        var (code, _, error) = await Tools.RunAsync("sh", ["-c", command]);
        Assert.That((code, error), Is.EqualTo((130, "")));
    }

    [Test]
    public async Task A_read_is_repeated_and_the_person_reads_so()
    {
        var requests = 0;
        await using var relay = new ScriptedServer(exchange => Interlocked.Increment(ref requests) == 1 ? exchange.SendAsync("502 Bad Gateway") : exchange.ForwardAsync(Server.Address));
        var (code, screen) = await _user.InTerminalAsync("", "list", "-u", relay.Address.ToString());
        Assert.That(code, Is.Zero, screen);
        Assert.That(screen, Does.Contain("trying again in"));
    }

    [Test]
    public async Task A_change_is_not_repeated()
    {
        await using var relay = new ScriptedServer(_ => Task.CompletedTask);
        var (code, _, _) = await _user.RunAsync("disable", "11111111-1111-4111-8111-111111111111", "-u", relay.Address.ToString());
        Assert.That((code, relay.Requests.Count), Is.EqualTo((3, 1)));
    }

    [Test]
    public async Task Verbose_shows_the_exchange_without_the_password()
    {
        var (_, _, error) = await Client.RunAsync("list", "--verbose");
        Assert.That(error, Does.Contain("> GET http://").And.Contain("< HTTP 200").And.Contain("Authorization: Basic ***"));
        Assert.That(error, Does.Not.Contain(TestServer.Basic(TestServer.User, TestServer.Password).Parameter));
    }

    [Test]
    public async Task A_certificate_that_nobody_signed_is_accepted_only_on_request()
    {
        using var certificate = Certificates.SelfSigned();
        await using var server = new ScriptedServer(exchange => exchange.SendJsonAsync("[]"), certificate);
        var (refused, _, error) = await _user.RunAsync("list", "-u", server.Address.ToString());
        var (accepted, _, _) = await _user.RunAsync("list", "-u", server.Address.ToString(), "--insecure");
        Assert.That((refused, accepted), Is.EqualTo((3, 0)));
        Assert.That(error, Does.Contain("is not from an authority"));
    }
}
