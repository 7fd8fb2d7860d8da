using ImgApi.Tests.Support;

namespace ImgApi.Tests.Documents;

/// <summary>What README.md tells a new user to type, typed in a fresh clone with an empty home folder.</summary>
[TestFixture]
[Category("Slow")]
[Platform("Linux", Reason = "bash")]
internal sealed class ReadmeTests
{
    [Test]
    public async Task Its_commands_do_what_it_shows_and_leave_nothing_that_git_would_add()
    {
        foreach (var (program, package) in new[] { ("curl", "curl"), ("xz", "xz-utils"), ("setsid", "util-linux") })
        {
            Tools.Require(program, package);
        }

        Ports.Require(8080);
        using var folder = new TemporaryFolder();
        var (clone, home) = (folder.Make("clone"), folder.Make("home"));
        await Repository.CopyToAsync(clone);
        await Tools.RunAsync("git", ["init", "-q"], clone);
        await Tools.RunAsync("git", ["add", "-A"], clone);
        await using (var shell = ShellSession.Start(clone, home))
        {
            await DocumentCheck.RunAsync(shell, Path.Combine(clone, "README.md"));
        }

        var (_, untracked, _) = await Tools.RunAsync("git", ["ls-files", "-o", "--exclude-standard"], clone);
        Assert.That(untracked, Is.Empty, "git ignores what the walk makes");
    }
}
