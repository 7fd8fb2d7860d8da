using System.Text.RegularExpressions;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Documents;

/// <summary>What README.md tells a new user to type, typed in a fresh clone with an empty home folder.</summary>
[TestFixture]
[Category("Slow")]
[Platform("Linux", Reason = "bash")]
internal sealed partial class ReadmeTests
{
    [Test]
    public async Task It_names_every_program_and_package_that_tests_use()
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "README.md"));
        var sources = Directory.GetFiles(Path.Combine(Repository.Root, "ImgApi.Tests"), "*.cs", SearchOption.AllDirectories);
        var needed = sources.SelectMany(source => Needed.Matches(File.ReadAllText(source))).SelectMany(match => new[] { match.Groups[1].Value, match.Groups[2].Value });
        Assert.That(needed.SelectMany(words => words.Split(' ')).Distinct().Where(word => !Regex.IsMatch(readme, $@"\b{word}\b")), Is.Empty);
    }

    [Test]
    public async Task Its_commands_do_what_it_shows_and_leave_nothing_that_git_would_add()
    {
        Tools.Require("curl", "curl");
        Tools.Require("xz", "xz-utils");
        using var port = await Ports.TakeAsync(8080);
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

    [GeneratedRegex("""Tools\.Require\("([^"]+)", "([^"]+)"\)""")]
    private static partial Regex Needed { get; }
}
