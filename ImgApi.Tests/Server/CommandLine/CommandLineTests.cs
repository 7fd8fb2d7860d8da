using ImgApi.Api.Contracts;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.CommandLine;

/// <summary>The commands of the program, and errors in their arguments.</summary>
[TestFixture]
[Category("Slow")]
internal sealed class CommandLineTests
{
    private static Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments) =>
        Tools.RunAsync("dotnet", [ServerProcess.Program, .. arguments]);

    [TestCase]
    [TestCase("help")]
    [TestCase("--help")]
    public async Task Help_is_shown_on_request_and_without_arguments(params string[] arguments)
    {
        var (code, output, error) = await RunAsync(arguments);
        Assert.That((code, error), Is.EqualTo((0, "")));
        Assert.That(output, Does.Contain("-s").And.Contain("-c"));
    }

    [TestCase("-v")]
    [TestCase("--version")]
    [TestCase("version")]
    public async Task The_version_is_shown_by_a_command_and_by_two_options(string argument)
    {
        var (code, output, error) = await RunAsync(argument);
        Assert.That((code, output.TrimEnd(), error), Is.EqualTo((0, ServerVersion.Text, "")));
    }

    [TestCase("srve")]
    [TestCase("-s", "extra")]
    [TestCase("-s", "--bogus")]
    [TestCase("@srve")]
    public async Task An_unknown_command_or_option_is_reported_in_one_line_with_exit_code_2(params string[] arguments)
    {
        var (code, output, error) = await RunAsync(arguments);
        var word = arguments.First(argument => argument is "srve" or "@srve" or "extra" or "--bogus");
        Assert.That((code, output, error), Is.EqualTo((2, "", $"imgapi: \"{word}\" is not a command or option; see imgapi help\n")));
    }

    [Test]
    public async Task Help_for_one_command_shows_its_options()
    {
        var (code, output, _) = await RunAsync("help", "verify");
        Assert.That(code, Is.Zero);
        Assert.That(output, Does.Contain("--rate"));
    }

    [TestCase("--rate needs a number of bytes per second", "verify", "--rate", "abc")]
    [TestCase("-c needs -s or a command", "-c", "config.json")]
    [TestCase("\"foo\" is not a command", "help", "foo")]
    public async Task Wrong_arguments_are_reported_in_one_line_with_exit_code_2(string problem, params string[] arguments)
    {
        var (code, output, error) = await RunAsync(arguments);
        Assert.That((code, output, error), Is.EqualTo((2, "", $"imgapi: {problem}; see imgapi help\n")));
    }

    [Test]
    public async Task An_image_to_verify_must_be_named_by_its_uuid()
    {
        var (code, output, error) = await RunAsync("verify", "--bogus");
        Assert.That((code, output, error), Is.EqualTo((2, "", "imgapi: \"--bogus\" is not a UUID; see imgapi help\n")));
    }

    [Test]
    [Platform("Linux", Reason = "HOME")]
    public async Task The_command_verify_does_not_create_a_configuration()
    {
        using var home = new TemporaryFolder();
        var (code, output, error) = await Tools.RunAsync("env", [$"HOME={home.Path}", "dotnet", ServerProcess.Program, "verify"]);
        Assert.That((code, output), Is.EqualTo((2, "")));
        Assert.That(error, Does.Contain(".imgapi.json"));
        Assert.That(Directory.GetFileSystemEntries(home.Path), Is.Empty);
    }
}
