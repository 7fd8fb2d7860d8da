using System.Text.RegularExpressions;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Documents;

/// <summary>README.md: its commands, run in a fresh clone with an empty home folder, and its list of programs.</summary>
[TestFixture]
[Category("Slow")]
[Platform("Linux", Reason = "bash")]
internal sealed partial class ReadmeTests
{
    [Test]
    public async Task The_readme_names_every_program_and_package_that_tests_use()
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "README.md"));
        var sources = Directory.GetFiles(Path.Combine(Repository.Root, "ImgApi.Tests"), "*.cs", SearchOption.AllDirectories);
        var needed = sources.SelectMany(source => Needed.Matches(File.ReadAllText(source))).SelectMany(match => new[] { match.Groups[1].Value, match.Groups[2].Value });
        Assert.That(needed.SelectMany(words => words.Split(' ')).Distinct().Where(word => !Regex.IsMatch(readme, $@"\b{word}\b")), Is.Empty);
    }

    [Test]
    public async Task The_commands_of_the_readme_print_the_output_that_it_shows_and_create_no_untracked_file()
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
        Assert.That(untracked, Is.Empty);
    }

    [GeneratedRegex("""Tools\.Require\("([^"]+)", "([^"]+)"\)""")]
    private static partial Regex Needed { get; }
}
