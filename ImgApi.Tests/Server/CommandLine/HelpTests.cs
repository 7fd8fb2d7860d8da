using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.CommandLine;

/// <summary>The help and the manual page, which both come from the commands.</summary>
[TestFixture]
[Category("Slow")]
internal sealed class HelpTests
{
    private static async Task<string> OutputAsync(params string[] arguments)
    {
        var (code, output, error) = await Tools.RunAsync("dotnet", [ServerProcess.Program, .. arguments]);
        Assert.That((code, error), Is.EqualTo((0, "")));
        return output;
    }

    [Test]
    public async Task The_help_groups_the_commands_by_purpose() =>
        Assert.That(await OutputAsync("help"), Does.Match(@"Run a server:\n(  .*\n)*  serve +Start the server").And.Match(@"Get help:\n(  .*\n)*  man +Print"));

    [Test]
    public async Task The_help_of_a_subcommand_shows_its_options() => Assert.That(await OutputAsync("help", "config", "path"), Does.Contain("--config"));

    [Test]
    public async Task The_manual_page_describes_every_command_of_the_help()
    {
        var commands = (await OutputAsync("help")).Split('\n').Where(line => line.StartsWith("  ", StringComparison.Ordinal) && char.IsAsciiLetterLower(line[2]))
            .Select(line => line.Trim().Split(' ')[0]).ToArray();
        Assert.That(commands, Has.Length.GreaterThan(5));
        var page = (await OutputAsync("man")).Replace("\\-", "-", StringComparison.Ordinal);
        Assert.That(commands.Where(command => !page.Contains($"\\fBimgapi {command}", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public async Task The_manual_page_is_rendered_without_warnings()
    {
        Tools.Require("man", "man-db");
        using var folder = new TemporaryFolder();
        var file = folder.Write("imgapi.1", await OutputAsync("man"));
        var (code, output, error) = await Tools.RunAsync("env", ["LC_ALL=C.UTF-8", "MANWIDTH=80", "man", "--warnings", "-l", file]);
        Assert.That((code, error), Is.EqualTo((0, "")));
        Assert.That(output, Does.Match(@"Re-read\s+stored\s+files\s+and\s+icons"));
    }
}
