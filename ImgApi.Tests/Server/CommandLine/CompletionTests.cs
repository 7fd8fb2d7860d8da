using System.Runtime.Versioning;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.CommandLine;

/// <summary>The completion scripts, in the real shells.</summary>
[TestFixture]
[Platform("Linux", Reason = "shells")]
[SupportedOSPlatform("linux")]
[Category("Slow")]
internal sealed class CompletionTests
{
    private TemporaryFolder _folder = null!;

    /// <summary>A folder with the program under its own name.</summary>
    [SetUp]
    public void CreateProgram()
    {
        _folder = new TemporaryFolder();
        var program = _folder.Write("imgapi", $"#!/bin/sh\nexec dotnet {ServerProcess.Program} \"$@\"\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    private Task<(int Code, string Screen)> TypeAsync(string shell, string keys) =>
        Terminal.RunAsync($"env PATH={_folder.Path}:$PATH HOME={_folder.Path} TERM=dumb {shell}", keys);

    [Test]
    public async Task Bash_completes_a_command()
    {
        var (_, screen) = await TypeAsync("bash --noprofile --norc -i", "source <(imgapi completion bash)\nimgapi check-c\t /nowhere\nexit\n");
        Assert.That(screen, Does.Contain("\"/nowhere\" is not a command or option"), screen);
    }

    [Test]
    public async Task Bash_completes_an_option_of_a_command()
    {
        var (_, screen) = await TypeAsync("bash --noprofile --norc -i", "source <(imgapi completion bash)\nimgapi verify --ra\tx\nexit\n");
        Assert.That(screen, Does.Contain("--rate needs a number of bytes per second"), screen);
    }

    [Test]
    public async Task Bash_completes_the_name_of_a_file()
    {
        var file = _folder.Write("settings.json", "{}");
        var (_, screen) = await TypeAsync("bash --noprofile --norc -i", $"source <(imgapi completion bash)\nimgapi config path -c {_folder.Path}/sett\t\nexit\n");
        Assert.That(screen.Split('\n'), Has.Some.EqualTo(file), screen);
    }

    [Test]
    public async Task Zsh_completes_a_command()
    {
        Tools.Require("zsh", "zsh");
        var (_, screen) = await TypeAsync(
            "zsh -f -i", "autoload -U compinit; compinit -u\nsource <(imgapi completion zsh)\nimgapi check-c\t /nowhere\nexit\n");
        Assert.That(screen, Does.Contain("\"/nowhere\" is not a command or option"), screen);
    }

    [Test]
    public async Task Fish_completes_a_command()
    {
        Tools.Require("fish", "fish");
        var (_, output, error) = await Tools.RunAsync(
            "env", [$"PATH={_folder.Path}:{Environment.GetEnvironmentVariable("PATH")}", $"HOME={_folder.Path}", "fish", "-c", "imgapi completion fish | source; complete -C 'imgapi check-c'"]);
        Assert.That(output, Is.EqualTo("check-config\n"), error);
    }

    [Test]
    public async Task An_unknown_shell_is_refused()
    {
        var (code, _, error) = await Tools.RunAsync("dotnet", [ServerProcess.Program, "completion", "csh"]);
        Assert.That(code, Is.EqualTo(2));
        Assert.That(error, Does.Contain("csh").And.Contain("bash"));
    }
}
