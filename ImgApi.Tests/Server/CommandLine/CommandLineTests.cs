using ImgApi.Api.Contracts;
using ImgApi.Infrastructure.Security;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.CommandLine;

/// <summary>The program as a person runs it.</summary>
[TestFixture]
[Category("Slow")]
internal sealed class CommandLineTests
{
    private static Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments) =>
        Tools.RunAsync("dotnet", [ServerProcess.Program, .. arguments]);

    [TestCase]
    [TestCase("help")]
    [TestCase("--help")]
    public async Task Help_is_shown_to_those_who_ask_and_to_those_who_type_nothing(params string[] arguments)
    {
        var (code, output, error) = await RunAsync(arguments);
        Assert.That((code, error), Is.EqualTo((0, "")));
        Assert.That(output, Does.Contain("-s").And.Contain("-c"));
    }

    [TestCase("-v")]
    [TestCase("--version")]
    [TestCase("version")]
    public async Task The_version_has_three_spellings(string argument)
    {
        var (code, output, error) = await RunAsync(argument);
        Assert.That((code, output.TrimEnd(), error), Is.EqualTo((0, ServerVersion.Text, "")));
    }

    [TestCase("srve")]
    [TestCase("-s", "extra")]
    [TestCase("-s", "--bogus")]
    [TestCase("@srve")]
    public async Task An_unknown_word_is_one_line_and_exit_code_2(params string[] arguments)
    {
        var (code, output, error) = await RunAsync(arguments);
        var word = arguments.First(argument => argument is "srve" or "@srve" or "extra" or "--bogus");
        Assert.That((code, output, error), Is.EqualTo((2, "", $"imgapi: \"{word}\" is not a command or option; see imgapi help\n")));
    }

    [Test]
    public async Task A_password_among_the_arguments_is_not_repeated()
    {
        var (code, output, error) = await RunAsync("hash-password", "geheim");
        Assert.That((code, output, error), Is.EqualTo((2, "", "imgapi: hash-password takes no arguments; see imgapi help\n")));
    }

    [Test]
    public async Task A_well_known_password_is_warned_of()
    {
        var (code, _, error) = await Tools.RunAsync("dotnet", [ServerProcess.Program, "hash-password"], input: "secret\n");
        Assert.That((code, error), Is.EqualTo((0, "imgapi: this password is one of the first that attackers try; choose another one\n")));
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
    public async Task Misuse_is_named(string problem, params string[] arguments)
    {
        var (code, output, error) = await RunAsync(arguments);
        Assert.That((code, output, error), Is.EqualTo((2, "", $"imgapi: {problem}; see imgapi help\n")));
    }

    [Test]
    [Platform("Linux", Reason = "/dev/full")]
    public async Task A_full_disk_under_the_log_does_not_stop_the_start()
    {
        using var folder = new TemporaryFolder();
        var config = folder.Write("config.json", """{"datadir":"data","address":"203.0.113.9","port":8080}""");
        var (_, _, error) = await Tools.RunAsync("sh", ["-c", $"dotnet {ServerProcess.Program} -s -c {config} > /dev/full"]);
        Assert.That(error, Does.StartWith("imgapi: cannot listen on 203.0.113.9:8080"), "that far it came");
    }

    [Test]
    public async Task What_is_to_be_verified_has_a_uuid()
    {
        var (code, output, error) = await RunAsync("verify", "--bogus");
        Assert.That((code, output, error), Is.EqualTo((2, "", "imgapi: \"--bogus\" is not a UUID; see imgapi help\n")));
    }

    [Test]
    public async Task A_password_becomes_a_hash_that_the_configuration_takes()
    {
        var (code, output, error) = await Tools.RunAsync("dotnet", [ServerProcess.Program, "hash-password"], input: "s\u00e9cret word\nrest\n");
        Assert.That(code, Is.Zero, error);
        Assert.That(error, Is.Empty);
        Assert.That(output, Does.EndWith("\n").And.Not.Contain("cret"));
        Assert.That(PasswordHash.TryParse(output.TrimEnd('\n'), out var hash), Is.True);
        Assert.That(hash!.Matches("s\u00e9cret word"), Is.True);
    }

    [TestCase("")]
    [TestCase("\n")]
    public async Task Without_a_password_there_is_no_hash(string input)
    {
        var (code, output, error) = await Tools.RunAsync("dotnet", [ServerProcess.Program, "hash-password"], input: input);
        Assert.That(code, Is.EqualTo(1));
        Assert.That(output, Is.Empty);
        Assert.That(error, Does.Contain("no password"));
    }

    [Test]
    public async Task A_folder_of_keys_that_cannot_be_read_is_told_and_fails()
    {
        using var folder = new TemporaryFolder();
        var config = folder.Write("config.json", $$"""{"datadir":"{{folder.Path}}/data","port":0,"authKeysDir":"/nowhere/keys"}""");
        var (code, _, error) = await RunAsync("-s", "-c", config);
        Assert.That(code, Is.EqualTo(1));
        Assert.That(error, Is.EqualTo("imgapi: cannot read the keys of the users in /nowhere/keys: there is no such folder\n"));
    }

    [Test]
    public async Task A_configuration_that_cannot_be_used_is_told_and_fails()
    {
        var (code, _, error) = await RunAsync("-s", "-c", "/nowhere/config.json");
        Assert.That(code, Is.EqualTo(1));
        Assert.That(error, Is.EqualTo("imgapi: cannot use the configuration /nowhere/config.json:\n  - there is no such folder\n"));
    }

    [Test]
    public async Task A_data_folder_has_one_server()
    {
        using var folder = new TemporaryFolder();
        var config = Path.Combine(folder.Path, "config.json");
        await File.WriteAllTextAsync(config, $$"""{"datadir":"{{folder.Path}}/data","port":0}""");
        await using var first = await ServerProcess.StartAsync(config);
        var (code, _, error) = await RunAsync("-s", "-c", config);
        Assert.That(code, Is.EqualTo(1));
        Assert.That(error, Does.Contain($"{folder.Path}/data"));
    }

    [Test]
    public async Task A_port_in_use_is_told_and_fails()
    {
        using var folder = new TemporaryFolder();
        await using var other = await TestServer.StartAsync();
        var config = Path.Combine(folder.Path, "config.json");
        await File.WriteAllTextAsync(
            config, $$"""{"datadir":"{{folder.Path}}/data","address":"127.0.0.1","port":{{other.Address.Port}}}""");
        var (code, output, error) = await RunAsync("-s", "-c", config);
        Assert.That(code, Is.EqualTo(1));
        Assert.That(error, Is.EqualTo(
            $"imgapi: cannot listen on 127.0.0.1:{other.Address.Port}: another program uses port {other.Address.Port}; "
            + "stop it, or set another \"port\" in the configuration\n"));
        Assert.That(output, Does.Not.Contain("Exception"), "one line says it; nothing else has failed");
    }

    [Test]
    public async Task An_address_of_another_machine_is_told_and_fails()
    {
        using var folder = new TemporaryFolder();
        var config = folder.Write("config.json", $$"""{"datadir":"{{folder.Path}}/data","address":"203.0.113.9","port":8080}""");
        var (code, _, error) = await RunAsync("-s", "-c", config);
        Assert.That(code, Is.EqualTo(1));
        Assert.That(error, Does.StartWith("imgapi: cannot listen on 203.0.113.9:8080: this machine has no such address;"));
    }

    [TestCase("-s")]
    [TestCase("verify")]
    [Platform("Linux", Reason = "HOME")]
    public async Task Without_a_configuration_and_a_home_nothing_is_made(string verb)
    {
        using var folder = new TemporaryFolder();
        var (code, _, error) = await Tools.RunAsync("env", ["HOME=/nowhere", "dotnet", ServerProcess.Program, verb], folder.Path);
        Assert.That(code, Is.Not.Zero);
        Assert.That(error, Does.Contain("-c"));
        Assert.That(Directory.GetFileSystemEntries(folder.Path), Is.Empty);
    }

    [Test]
    [Platform("Linux", Reason = "HOME")]
    public async Task Looking_for_damage_makes_no_configuration()
    {
        using var home = new TemporaryFolder();
        var (code, output, error) = await Tools.RunAsync("env", [$"HOME={home.Path}", "dotnet", ServerProcess.Program, "verify"]);
        Assert.That((code, output), Is.EqualTo((2, "")));
        Assert.That(error, Does.Contain(".imgapi.json"));
        Assert.That(Directory.GetFileSystemEntries(home.Path), Is.Empty);
    }

    [Test]
    [Platform("Linux", Reason = "signals")]
    public async Task A_server_that_is_told_to_end_ends_well()
    {
        using var folder = new TemporaryFolder();
        var config = folder.Write("config.json", $$"""{"datadir":"{{folder.Path}}/data","address":"127.0.0.1","port":0}""");
        await using var server = await ServerProcess.StartAsync(config);
        Assert.That(await server.TerminateAsync(), Is.Zero);
    }
}
