using System.Diagnostics;
using System.Runtime.Versioning;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Clients.CommandLine;

/// <summary>HTTP Signature with keys of <c>ssh-keygen</c>, from files and from the real ssh-agent.</summary>
[TestFixture]
[UnsupportedOSPlatform("windows")]
internal sealed class KeyTests : ClientFixture
{
    private ClientProgram _user = null!;

    protected override async Task<TestServer> StartServerAsync()
    {
        var keys = new List<string>();
        foreach (var kind in SshKeys.Kinds)
        {
            keys.Add(await SshKeys.PublicAsync(kind));
        }

        return await TestServer.StartAsync(configure: configuration => configuration with
        {
            Authentication = Api.Configuration.AuthenticationKind.Signature,
            Keys = new Dictionary<string, IReadOnlyList<string>> { ["alice"] = keys },
            RequireSignedTarget = true,
            Users = [],
        });
    }

    [SetUp]
    public void NewUser() => _user = new ClientProgram { Environment = { ["IMGAPI_URL"] = $"http://alice@{Server.Address.Authority}" } };

    [TearDown]
    public void Forget() => _user.Dispose();

    [TestCaseSource(typeof(SshKeys), nameof(SshKeys.Kinds))]
    public async Task A_key_in_a_file_signs_the_requests(string kind)
    {
        var (code, output, error) = await CreateAsync("-i", await SshKeys.PrivateAsync(kind));
        Assert.That(code, Is.Zero, output + error);
    }

    [TestCaseSource(typeof(SshKeys), nameof(SshKeys.Kinds))]
    public async Task A_key_of_the_agent_signs_the_requests(string kind)
    {
        using var agent = await StartAgentAsync(await SshKeys.PrivateAsync(kind));
        var (code, output, error) = await CreateAsync("-i", "agent");
        Assert.That(code, Is.Zero, output + error);
    }

    [Test]
    public async Task A_key_with_a_passphrase_is_used_through_the_agent()
    {
        var key = Path.Combine(_user.Home, "locked");
        File.Copy(await SshKeys.PrivateAsync("ed25519"), key);
        File.Copy(await SshKeys.PrivateAsync("ed25519") + ".pub", key + ".pub");
        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        using var agent = await StartAgentAsync(key);
        await Tools.RunAsync("ssh-keygen", ["-p", "-q", "-N", "a secret", "-f", key]);
        var (code, output, error) = await CreateAsync("-i", key);
        Assert.That(code, Is.Zero, output + error);
    }

    [Test]
    public async Task A_key_with_a_passphrase_and_no_agent_is_explained()
    {
        var key = Path.Combine(_user.Home, "locked");
        await Tools.RunAsync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "a secret", "-f", key]);
        var (code, _, error) = await CreateAsync("-i", key);
        Assert.That(code, Is.EqualTo(2));
        Assert.That(error, Does.Contain("needs the ssh-agent"));
    }

    [Test]
    public async Task Another_key_is_refused_by_the_server()
    {
        var (code, _, error) = await CreateAsync("-i", await SshKeys.PrivateAsync("ed25519-stranger"));
        Assert.That(code, Is.EqualTo(1), error);
    }

    [Test]
    public async Task A_login_keeps_the_name_of_the_key()
    {
        await _user.RunAsync("login", $"http://alice@{Server.Address.Authority}", "-i", await SshKeys.PrivateAsync("ed25519"), "--name", "signed");
        var (_, output, error) = await _user.RunAsync("whoami", "-q", "-u", "signed");
        Assert.That(output, Does.StartWith("alice at"), error);
    }

    private Task<(int Code, string Output, string Error)> CreateAsync(params string[] more) =>
        _user.RunAsync(["create", "name=a", "version=1", "os=smartos", "type=zone-dataset", .. more]);

    /// <summary>Starts the real agent with one key.</summary>
    private async Task<IDisposable> StartAgentAsync(string key)
    {
        Tools.Require("ssh-agent", "openssh-client");
        var socket = Path.Combine(_user.Home, "agent");
        var agent = Process.Start(new ProcessStartInfo("ssh-agent", ["-D", "-a", socket]) { RedirectStandardOutput = true })!;
        await Eventually.TrueAsync(() => File.Exists(socket));
        var (code, _, error) = await Tools.RunAsync("env", [$"SSH_AUTH_SOCK={socket}", "ssh-add", "-q", key]);
        Assert.That(code, Is.Zero, error);
        _user.Environment["SSH_AUTH_SOCK"] = socket;
        return new Ending(agent);
    }

    private sealed class Ending(Process process) : IDisposable
    {
        public void Dispose()
        {
            process.Kill();
            process.Dispose();
        }
    }
}
