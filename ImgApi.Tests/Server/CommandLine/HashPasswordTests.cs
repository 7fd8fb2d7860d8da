using System.Text.Json;
using ImgApi.Infrastructure.Security;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.CommandLine;

/// <summary>The command <c>hash-password</c>, which reads the password from standard input.</summary>
[TestFixture]
[Category("Slow")]
internal sealed class HashPasswordTests
{
    private static Task<(int Code, string Output, string Error)> HashAsync(string input) =>
        Tools.RunAsync("dotnet", [ServerProcess.Program, "hash-password"], input: input);

    [Test]
    public async Task A_password_as_an_argument_is_refused_without_repeating_it()
    {
        var (code, output, error) = await Tools.RunAsync("dotnet", [ServerProcess.Program, "hash-password", "geheim"]);
        Assert.That((code, output, error), Is.EqualTo((2, "", "imgapi: hash-password takes no arguments; see imgapi help\n")));
    }

    [Test]
    public async Task A_well_known_password_is_hashed_with_a_warning()
    {
        var (code, _, error) = await HashAsync("secret\n");
        Assert.That((code, error), Is.EqualTo((0, "imgapi: this password is one of the first that attackers try; choose another one\n")));
    }

    [Test]
    public async Task The_hash_of_a_password_is_valid_in_the_configuration()
    {
        var (code, output, error) = await HashAsync("s\u00e9cret word\nrest\n");
        Assert.That((code, error), Is.EqualTo((0, "")));
        Assert.That(output, Does.EndWith("\n").And.Not.Contain("cret"));
        Assert.That(PasswordHash.TryParse(output.TrimEnd('\n'), out var hash), Is.True);
        Assert.That(hash!.Matches("s\u00e9cret word"), Is.True);
    }

    [Test]
    public async Task The_entry_for_the_configuration_is_json_on_request()
    {
        var (_, output, error) = await Tools.RunAsync("dotnet", [ServerProcess.Program, "hash-password", "--user", "alice", "--json"], input: "a good one\n");
        var entry = JsonElement.Parse(output);
        Assert.That(entry.GetProperty("name").GetString(), Is.EqualTo("alice"), error);
        Assert.That(PasswordHash.TryParse(entry.GetProperty("password").GetString()!, out _), Is.True);
    }

    [TestCase("")]
    [TestCase("\n")]
    public async Task An_empty_password_is_refused(string input)
    {
        var (code, output, error) = await HashAsync(input);
        Assert.That((code, output), Is.EqualTo((1, "")));
        Assert.That(error, Does.Contain("no password"));
    }

    [Test]
    public async Task In_a_terminal_the_entry_for_the_configuration_is_shown_with_the_hash()
    {
        var (code, screen) = await Terminal.RunAsync($"{Terminal.ImgApi} hash-password --user alice", "a good one\na good one\n");
        Assert.That(code, Is.Zero, screen);
        Assert.That(screen, Does.Match("""\n(\$pbkdf2-sha512\$\S+)\n\nThe entry for "userdb" in the configuration:\n\{ "name": "alice", "password": "\1" \}\n"""));
    }
}
