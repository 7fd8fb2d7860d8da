using System.Net;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Documents;

/// <summary>
/// The commands of docs/operating.md, run as root in a fresh clone. System folders are overlays of the test, and the other server of
/// the examples is a real one.
/// </summary>
[TestFixture]
[Category("Slow")]
[Platform("Linux", Reason = "mount namespaces")]
internal sealed class OperatingTests
{
    private const string OwnSystemFolders = """
        for name in etc opt var; do
          mkdir -p "$HOME/own/$name/upper" "$HOME/own/$name/work"
          mount -t overlay overlay -o "lowerdir=/$name,upperdir=$HOME/own/$name/upper,workdir=$HOME/own/$name/work" "/$name" || exit
        done
        echo '127.0.0.2 other' >> /etc/hosts
        """;

    [Test]
    public async Task The_commands_of_the_operating_manual_print_the_output_that_it_shows()
    {
        Tools.Require("curl", "curl");
        Tools.Require("openssl", "openssl");
        Tools.Require("rsync", "rsync");
        Tools.Require("ssh-keygen", "openssh-client");
        Tools.Require("unshare", "util-linux");
        Tools.Require("script", "bsdutils");
        if (!Environment.IsPrivilegedProcess)
        {
            Tools.Missing("a mount namespace needs root");
        }

        using var port = await Ports.TakeAsync(8080);
        using var folder = new TemporaryFolder();
        var (clone, home) = (folder.Make("clone"), folder.Make("home"));
        await Repository.CopyToAsync(clone);
        await using var other = await TestServer.StartAsync(
            configure: configuration => configuration with { Address = IPAddress.Parse("127.0.0.2"), Port = 8080 });
        await other.Admin.PublishAsync(("name", "first"));
        await other.Admin.PublishAsync(("name", "second"));
        await using var shell = ShellSession.Start(clone, home, "unshare", "--mount");
        var (code, output) = await shell.RunAsync(new DocumentStep(0, OwnSystemFolders, null));
        Assert.That(code, Is.Zero, output);
        await DocumentCheck.RunAsync(shell, Path.Combine(clone, "docs", "operating.md"));
    }
}
