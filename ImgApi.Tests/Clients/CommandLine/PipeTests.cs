using System.Security.Cryptography;
using System.Text.RegularExpressions;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Clients.CommandLine;

/// <summary>The command <c>publish</c> with a file from a pipe, which cannot be sent again.</summary>
internal sealed class PipeTests : ClientFixture
{
    private const string Fields = "name=web version=1 os=other type=other --compression none --force";

    private static readonly byte[] Content = RandomNumberGenerator.GetBytes(8_000_000);

    private ClientProgram _user = null!;
    private Relay _line = null!;

    [SetUp]
    public void Connect()
    {
        _line = new Relay(() => Server.Address, line => line.Connections == 0 ? Line.CutAfter(up: 3_000_000) : Line.Whole);
        _user = ClientProgram.Of(_line.Address);
        _user.Write("web.file", Content);
        _user.Write("icon.png", Samples.Of("Png"));
    }

    [TearDown]
    public async Task DisconnectAsync()
    {
        _user.Dispose();
        await _line.DisposeAsync();
    }

    [Test]
    public async Task A_pipe_that_breaks_cannot_be_sent_again_and_the_message_says_what_to_do()
    {
        var (code, _, error) = await _user.ShellAsync($"cat web.file | $imgapi publish {Fields} -f -");
        Assert.That(code, Is.EqualTo(3), error);
        Assert.That(error, Does.Contain("a pipe cannot be sent again: write it to a file"));
    }

    [Test]
    public async Task The_printed_commands_complete_what_a_pipe_began_with_the_same_options()
    {
        var (_, _, error) = await _user.ShellAsync($"cat web.file | $imgapi publish {Fields} --icon icon.png -f -");
        var commands = Regex.Match(error, "to go on: (.*)\n").Groups[1].Value.Replace("FILE", "web.file", StringComparison.Ordinal);
        var (code, _, problem) = await _user.ShellAsync(commands.Replace("imgapi ", "$imgapi ", StringComparison.Ordinal));
        Assert.That(code, Is.Zero, $"{commands}\n{problem}");
        var image = await ManifestAsync(Regex.Match(commands, "upload (.*?) ").Groups[1].Value);
        Assert.That((image.Text("state"), image.GetProperty("icon").GetBoolean()), Is.EqualTo(("active", true)));
        Assert.That(commands, Does.Contain("--compression none").And.Contain("--force"));
    }

    [Test]
    public async Task A_producer_may_pause_for_longer_than_a_stall()
    {
        var (code, output, error) = await Client.ShellAsync(
            $"(head -c 2000000 {_user.Combine("web.file")}; sleep 3; tail -c +2000001 {_user.Combine("web.file")}) | $imgapi publish {Fields} -f - --stall 2 -q");
        Assert.That(code, Is.Zero, error);
        Assert.That((await Server.Admin.GetAnswerAsync($"/images/{output.Trim()}/file")).Bytes, Is.EqualTo(Content));
    }
}
