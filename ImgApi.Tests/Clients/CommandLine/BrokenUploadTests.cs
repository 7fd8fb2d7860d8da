using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Clients.CommandLine;

/// <summary>The command <c>publish</c> over lines that break or stall, and after the end of the program or of the server.</summary>
[TestFixture]
[Category("Slow")]
internal sealed class BrokenUploadTests
{
    private const string UnactivatedList = "/images?state=unactivated";

    private static readonly byte[] Content = RandomNumberGenerator.GetBytes(8_000_000);
    private static readonly string[] Publish = ["publish", "name=web", "version=1", "os=other", "type=other", "--compression", "none", "-f", "web.file"];

    private TestServer _own = null!;
    private (Uri Address, HttpClient Admin) _server;

    [SetUp]
    public async Task StartAsync()
    {
        _own = await TestServer.StartAsync();
        _server = (_own.Address, _own.Admin);
    }

    [TearDown]
    public Task StopAsync() => _own.DisposeAsync().AsTask();

    private Relay RelayOf(Func<Relay, Line> lineOf) => new(() => _server.Address, lineOf);

    private static ClientProgram UserOf(Relay relay)
    {
        var user = ClientProgram.Of(relay.Address);
        user.Write("web.file", Content);
        return user;
    }

    private async Task<JsonElement[]> ImagesAsync(string list = "/images?state=all") =>
        [.. (await _server.Admin.GetAnswerAsync(list)).Json.EnumerateArray()];

    private async Task AssertPublishedAsync(ClientProgram user, params string[] options)
    {
        var (code, _, error) = await user.RunAsync([.. Publish, .. options]);
        Assert.That(code, Is.Zero, error);
        await AssertOnlyImageAsync();
    }

    private async Task AssertOnlyImageAsync()
    {
        var images = await ImagesAsync();
        Assert.That(images.Select(image => image.GetProperty("state").GetString()), Is.EqualTo(new[] { "active" }));
        Assert.That((await _server.Admin.GetAnswerAsync($"/images/{images[0].GetProperty("uuid")}/file")).Bytes.SequenceEqual(Content), Is.True);
    }

    /// <summary>A publication whose connection has stalled in the middle of the file.</summary>
    private static async Task<Process> StalledAsync(Relay relay, ClientProgram user, params string[] options)
    {
        var process = user.Start([.. Publish, .. options]);
        await Eventually.TrueAsync(() => relay.Stalls > 0);
        return process;
    }

    private static async Task<string> InterruptAsync(Process process)
    {
        await Tools.RunAsync("kill", ["-INT", $"{process.Id}"]);
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return error;
    }

    [Test]
    public async Task An_upload_continues_after_the_connection_breaks()
    {
        await using var relay = RelayOf(line => line.Connections < 3 ? Line.CutAfter(up: 3_000_000) : Line.Whole);
        using var user = UserOf(relay);
        await AssertPublishedAsync(user);
    }

    [Test]
    public async Task An_upload_continues_after_the_connection_stalls()
    {
        await using var relay = RelayOf(line => line.Stalls == 0 ? Line.StallAfter(up: 3_000_000) : Line.Whole);
        using var user = UserOf(relay);
        await AssertPublishedAsync(user, "--stall", "3");
    }

    [Test]
    public async Task A_publication_that_is_interrupted_is_removed_again()
    {
        await using var relay = RelayOf(line => line.Stalls == 0 ? Line.StallAfter(up: 3_000_000) : Line.Whole);
        using var user = UserOf(relay);
        using var process = await StalledAsync(relay, user);
        var error = await InterruptAsync(process);
        Assert.That(error, Does.Contain("(web@1) was removed again"));
        Assert.That(process.ExitCode, Is.EqualTo(130));
        Assert.That(await ImagesAsync(), Is.Empty);
    }

    [Test]
    public async Task A_publication_that_is_interrupted_stays_on_request_and_its_message_has_the_command_that_completes_it()
    {
        await using var relay = RelayOf(line => line.Stalls == 0 ? Line.StallAfter(up: 3_000_000) : Line.Whole);
        using var user = UserOf(relay);
        using var process = await StalledAsync(relay, user, "--keep");
        var error = await InterruptAsync(process);
        Assert.That(await ImagesAsync(UnactivatedList), Has.Length.EqualTo(1));
        var command = Regex.Match(error, "to go on: imgapi (.*)\n").Groups[1].Value;
        var (code, _, problem) = await user.ShellAsync($"$imgapi {command}");
        Assert.That(code, Is.Zero, $"{command}\n{problem}");
        await AssertOnlyImageAsync();
    }

    [Test]
    public async Task The_same_publication_is_refused_while_it_is_running()
    {
        await using var relay = RelayOf(line => line.Stalls == 0 ? Line.StallAfter(up: 3_000_000) : Line.Whole);
        using var user = UserOf(relay);
        using var process = await StalledAsync(relay, user);
        var (code, _, error) = await user.RunAsync(Publish);
        Assert.That((code, error), Is.EqualTo((2, "imgapi: the same command is running already\n")));
        await InterruptAsync(process);
    }

    [Test]
    public async Task An_image_that_was_activated_meanwhile_is_not_removed()
    {
        await using var relay = RelayOf(line => line.Stalls == 0 ? Line.StallAfter(up: 3_000_000) : Line.Whole);
        using var user = UserOf(relay);
        using var process = await StalledAsync(relay, user);
        var uuid = (await ImagesAsync(UnactivatedList)).Single().GetProperty("uuid").GetString()!;
        await _server.Admin.PutAnswerAsync($"/images/{uuid}/file?compression=none", Requests.Bytes(Content));
        await _server.Admin.ActAsync(uuid, "activate");
        Assert.That(await InterruptAsync(process), Does.Contain("(web@1) stays at the server, since it was activated meanwhile"));
        await AssertOnlyImageAsync();
    }

    [Test]
    public async Task A_publication_whose_program_was_killed_is_completed_by_the_same_command()
    {
        await using var relay = RelayOf(line => line.Stalls == 0 ? Line.StallAfter(up: 3_000_000) : Line.Whole);
        using var user = UserOf(relay);
        using (var process = await StalledAsync(relay, user))
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        await AssertPublishedAsync(user);
    }

    [Test]
    public async Task A_publication_continues_when_a_killed_server_is_back()
    {
        using var folder = new TemporaryFolder();
        await using var first = await ServerProcess.StartOnAsync(folder.Combine("data"));
        _server = (first.Address, first.Admin);
        await using var relay = RelayOf(line => line.Stalls == 0 ? Line.StallAfter(up: 3_000_000) : Line.Whole);
        using var user = UserOf(relay);
        using var process = await StalledAsync(relay, user, "--stall", "3");
        // A server of another test may get the port of the killed one.
        _server = (new Uri($"http://127.0.0.1:{Ports.Free()}"), first.Admin);
        await first.KillAsync();
        await using var next = await ServerProcess.StartOnAsync(folder.Combine("data"));
        _server = (next.Address, next.Admin);
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.That(process.ExitCode, Is.Zero, error);
        await AssertOnlyImageAsync();
    }

    [Test]
    public async Task A_publication_that_is_given_up_says_what_stays_and_the_same_command_completes_it()
    {
        await using var relay = RelayOf(line => line.Connections == 0 ? Line.CutAfter(up: 3_000_000) : Line.Whole);
        using var user = UserOf(relay);
        var (code, _, error) = await user.RunAsync([.. Publish, "--retries", "0"]);
        Assert.That(code, Is.EqualTo(3), error);
        Assert.That(error, Does.Contain("(web@1) stays at the server; to go on: imgapi publish "));
        await AssertPublishedAsync(user);
    }
}
