using System.Security.Cryptography.X509Certificates;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Clients.CommandLine;

/// <summary>The credentials and the certificate of the server of <c>--from</c> are independent of those of the server of the command.</summary>
[TestFixture]
internal sealed class SourceServerTests : ClientFixture
{
    private TestServer _other = null!;
    private X509Certificate2 _certificate = null!;
    private string _public = null!;
    private string _private = null!;

    [OneTimeSetUp]
    public async Task StartOtherAsync()
    {
        _certificate = Certificates.SelfSigned();
        _other = await TestServer.StartAsync();
        _public = await PublishAsync("open", isPublic: true);
        _private = await PublishAsync("closed", isPublic: false);
    }

    [OneTimeTearDown]
    public async Task StopOtherAsync()
    {
        _certificate.Dispose();
        await _other.DisposeAsync();
    }

    [TearDown]
    public async Task ForgetAsync()
    {
        Directory.Delete(Client.Combine(".config"), recursive: true);
        foreach (var uuid in new[] { _public, _private })
        {
            await Server.Admin.DeleteAsync(new Uri($"/images/{uuid}", UriKind.Relative));
        }
    }

    [SetUp]
    public void NoLogins() => Keep("""{"servers":{}}""");

    [Test]
    public async Task An_insecure_target_does_not_make_the_source_insecure()
    {
        await using var source = new ScriptedServer(exchange => exchange.ForwardAsync(_other.Address), _certificate);
        Keep(Login(source, insecure: false));
        var (code, _, error) = await Client.RunAsync("copy", _public, "--from", "source", "--insecure");
        Assert.That((code, source.Requests.Count), Is.EqualTo((3, 0)), error);
    }

    [Test]
    public async Task A_user_of_the_source_whose_password_is_not_known_is_named()
    {
        var (code, _, error) = await Client.RunAsync("copy", _public, "--from", $"http://{TestServer.User}@{_other.Address.Authority}");
        Assert.That(code, Is.Zero, error);
        Assert.That(error, Does.Contain($"have no credentials: the password of {TestServer.User} is not known"));
    }

    [TestCase("copy", "open")]
    [TestCase("import", "missing")]
    [TestCase("search", "open")]
    public async Task A_login_that_accepts_any_certificate_is_a_source(string command, string image)
    {
        await using var source = new ScriptedServer(exchange => exchange.ForwardAsync(_other.Address), _certificate);
        Keep(Login(source, insecure: true));
        var (_, _, error) = await Client.RunAsync(command, image, "--from", "source");
        Assert.That(source.Requests, Is.Not.Empty, error);
    }

    [TestCase("copy")]
    [TestCase("search")]
    public async Task The_certificate_of_a_source_without_a_login_is_accepted_on_request(string command)
    {
        await using var source = new ScriptedServer(exchange => exchange.ForwardAsync(_other.Address), _certificate);
        var (code, _, error) = await Client.RunAsync(command, "open", "--from", $"{source.Address}", "--from-insecure");
        Assert.That(code, Is.Zero, error);
    }

    [Test]
    public async Task A_source_is_asked_with_the_key_of_its_login()
    {
        await using var source = new ScriptedServer(exchange => exchange.SendJsonAsync("[]"));
        Keep($$$"""{"servers":{"source":{"url":"{{{source.Address}}}","user":"alice","key":"{{{await SshKeys.PrivateAsync("ed25519")}}}"} } }""");
        await Client.RunAsync("search", "open", "--from", "source");
        Assert.That(source.Requests.Single().Header("Authorization"), Does.StartWith("Signature ").And.Contain("alice"));
    }

    [Test]
    public async Task The_password_of_the_target_is_not_sent_to_the_source()
    {
        await using var source = new ScriptedServer(exchange => exchange.ForwardAsync(_other.Address));
        await Client.RunAsync("copy", _public, "--from", $"http://{TestServer.User}@{source.Address.Authority}");
        Assert.That(source.Requests.Select(request => request.Header("Authorization")), Has.All.Null);
    }

    [Test]
    public async Task A_person_is_asked_for_the_password_of_the_user_at_the_source()
    {
        var (code, screen) = await Client.InTerminalAsync(
            $"{TestServer.Password}\n", "copy", _private, "--from", $"http://{TestServer.User}@{_other.Address.Authority}");
        Assert.That(code, Is.Zero, screen);
        Assert.That(screen, Does.Contain($"Password of admin at {_other.Address}".TrimEnd('/')).And.Contain("Copied closed"));
    }

    [Test]
    public async Task A_source_that_wants_credentials_is_named_and_those_of_the_target_are_not_asked_for()
    {
        await using var source = ScriptedServer.Saying("401 Unauthorized", """{"code":"UnauthorizedError","message":"who are you?"}""");
        using var nobody = new ClientProgram { Environment = { ["IMGAPI_URL"] = $"{Server.Address}" } };
        var (code, screen) = await nobody.InTerminalAsync("", "copy", _public, "--from", $"{source.Address}");
        Assert.That(code, Is.EqualTo(1), screen);
        Assert.That(screen, Does.Contain($"the server of --from: who are you?; imgapi login http://{source.Address.Authority}").And.Not.Contain("User at"));
    }

    private static string Login(ScriptedServer source, bool insecure) =>
        $$$"""{"servers":{"source":{"url":"{{{source.Address}}}","user":"admin","password":"secret","insecure":{{{(insecure ? "true" : "false")}}} } } }""";

    private void Keep(string logins)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Client.Logins)!);
        File.WriteAllText(Client.Logins, logins);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Client.Logins, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    private async Task<string> PublishAsync(string name, bool isPublic)
    {
        var uuid = await _other.Admin.CreateAsync(("name", name), ("type", "other"), ("public", isPublic));
        await _other.Admin.PutAnswerAsync($"/images/{uuid}/file?compression=none", Requests.Bytes([1, 2, 3]));
        await _other.Admin.ActAsync(uuid, "activate");
        return uuid;
    }
}
