using ImgApi.Domain.Access;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Clients.CommandLine;

/// <summary>Tokens in place of passwords in the client.</summary>
[TestFixture]
[Category("Slow")]
internal sealed class TokenLoginTests
{
    private UsersFileServer _server = null!;
    private ClientProgram _client = null!;
    private string _secret = null!;

    private string Url => _server.Server.Address.ToString().TrimEnd('/');

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _server = await UsersFileServer.StartAsync();
        _server.AddUser("joe", Role.Publish);
        _secret = _server.AddToken("joe", Role.Publish).Secret;
    }

    [SetUp]
    public void NewClient() => _client = new ClientProgram();

    [TearDown]
    public void Forget() => _client.Dispose();

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [Test]
    public async Task A_token_in_the_variable_needs_no_user()
    {
        _client.Environment["IMGAPI_PASSWORD"] = _secret;
        var (_, output, error) = await _client.RunAsync("whoami", "-q", "-u", Url);
        Assert.That(output, Is.EqualTo($"joe at {Url}, role publish\n"), error);
    }

    [Test]
    public async Task A_token_in_a_file_needs_no_user()
    {
        var file = _client.Write("token", [.. _secret.Select(letter => (byte)letter), (byte)'\n']);
        var (_, output, error) = await _client.RunAsync("whoami", "-q", "-u", Url, "--password-file", file);
        Assert.That(output, Is.EqualTo($"joe at {Url}, role publish\n"), error);
    }

    [Test]
    public async Task A_token_is_a_password_of_the_user_who_is_named()
    {
        _client.Environment["IMGAPI_PASSWORD"] = _secret;
        var (_, output, error) = await _client.RunAsync("whoami", "-q", "-u", Url.Replace("://", "://joe@", StringComparison.Ordinal));
        Assert.That(output, Is.EqualTo($"joe at {Url}, role publish\n"), error);
    }

    [Test]
    public async Task Later_commands_use_a_token_that_was_kept()
    {
        _client.Environment["IMGAPI_PASSWORD"] = _secret;
        var (_, login, _) = await _client.RunAsync("login", Url, "--name", "home");
        _client.Environment.Remove("IMGAPI_PASSWORD");
        var (_, output, error) = await _client.RunAsync("whoami", "-q");
        Assert.That((login, output), Is.EqualTo(($"Logged in to {Url} as joe; the name of the login is home\n", $"joe at {Url}, role publish\n")), error);
    }

    [Test]
    public async Task An_ordinary_password_without_a_user_is_sent_to_nobody()
    {
        _client.Environment["IMGAPI_PASSWORD"] = "joe";
        var (_, output, error) = await _client.RunAsync("whoami", "-q", "-u", Url);
        Assert.That(output, Is.EqualTo($"Nobody (without credentials) at {Url}\n"), error);
    }
}
