using System.Text.RegularExpressions;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Clients.CommandLine;

/// <summary><c>imgapi import</c> while it waits for the server: over lines that break, stall or are slow, and after the end of the program or of the server.</summary>
[TestFixture]
[Category("Slow")]
[Platform("Linux", Reason = "the program")]
internal sealed class ImportWaitTests
{
    private TestServer _own = null!;
    private (Uri Address, HttpClient Admin) _server;
    private TestServer _source = null!;
    private ImageChain _chain = null!;
    private TaskCompletionSource _rest = null!;
    private ScriptedServer _slow = null!;

    /// <summary>A source that sends half of a file until the test releases the rest.</summary>
    [SetUp]
    public async Task StartAsync()
    {
        _own = await TestServer.StartAsync();
        _server = (_own.Address, _own.Admin);
        _source = await TestServer.StartAsync();
        _chain = await ImageChain.PublishAsync(_source.Admin);
        _rest = new TaskCompletionSource();
        _slow = new ScriptedServer(exchange => exchange.IsForFile
            ? exchange.ForwardAsync(_source.Address, bodyLimit: ImageChain.FileSize / 2, hold: _rest.Task)
            : exchange.ForwardAsync(_source.Address));
    }

    [TearDown]
    public async Task StopAsync()
    {
        _rest.TrySetResult();
        await _slow.DisposeAsync();
        await _own.DisposeAsync();
        await _source.DisposeAsync();
    }

    private Relay RelayOf(Func<Relay, Line> lineOf) => new(() => _server.Address, lineOf);

    private string[] Import(string image, params string[] options) => ["import", image, "--from", $"{_slow.Address}", .. options];

    private async Task AssertImportedAsync(params string[] uuids)
    {
        foreach (var uuid in uuids)
        {
            Assert.That((await _server.Admin.GetAnswerAsync($"/images/{uuid}")).Json.Text("state"), Is.EqualTo("active"));
            Assert.That((await _server.Admin.GetAnswerAsync($"/images/{uuid}/file")).Bytes.SequenceEqual(_chain.FileOf(uuid)), Is.True);
        }
    }

    /// <summary>Runs the command; the source sends the rest of the file when the condition holds.</summary>
    private async Task AssertWaitsAsync(Relay relay, Func<bool> condition, params string[] options)
    {
        using var user = ClientProgram.Of(relay.Address);
        var running = user.RunAsync(Import(_chain.Top, options));
        await Eventually.TrueAsync(() => condition() || running.IsCompleted);
        _rest.TrySetResult();
        var (code, output, error) = await running;
        Assert.That((code, output), Is.EqualTo((0, $"Imported top@1.0.0 ({_chain.Top})\n")), error);
        await AssertImportedAsync(_chain.All);
    }

    [Test]
    public async Task An_import_is_waited_for_over_connections_that_break()
    {
        await using var relay = RelayOf(_ => Line.CutAfter(down: 4_000));
        await AssertWaitsAsync(relay, () => relay.Connections > 3);
    }

    [Test]
    public async Task An_import_is_waited_for_over_a_connection_that_stalls()
    {
        await using var relay = RelayOf(line => line.Stalls == 0 ? Line.StallAfter(down: 4_000) : Line.Whole);
        await AssertWaitsAsync(relay, () => relay.Stalls > 0, "--stall", "2");
    }

    [Test]
    public async Task An_import_over_a_slow_line_completes()
    {
        await using var relay = RelayOf(_ => Line.Slow);
        await AssertWaitsAsync(relay, () => _slow.FileRequests.Length > 0);
    }

    [Test]
    public async Task An_import_is_waited_for_until_a_killed_server_is_back()
    {
        using var folder = new TemporaryFolder();
        await using var first = await ServerProcess.StartOnAsync(folder.Combine("data"));
        _server = (first.Address, first.Admin);
        await using var relay = RelayOf(_ => Line.Whole);
        using var user = ClientProgram.Of(relay.Address);
        var running = user.RunAsync(Import(_chain.Top));
        await Eventually.TrueAsync(() => _slow.FileRequests.Length > 0);
        await first.KillAsync();
        await using var next = await ServerProcess.StartOnAsync(folder.Combine("data"));
        _server = (next.Address, next.Admin);
        _rest.SetResult();
        var (code, _, error) = await running;
        Assert.That(code, Is.Zero, error);
        await AssertImportedAsync(_chain.All);
    }

    [Test]
    public async Task An_import_whose_program_is_killed_is_completed_by_the_server()
    {
        using var user = ClientProgram.Of(_server.Address);
        using (var process = user.Start(Import(_chain.Top)))
        {
            await Eventually.TrueAsync(() => _slow.FileRequests.Length > 0);
            process.Kill();
            await process.WaitForExitAsync();
        }

        _rest.SetResult();
        var (code, output, error) = await user.RunAsync("jobs", _chain.Top, "--follow");
        Assert.That((code, output.Contains("succeeded", StringComparison.Ordinal)), Is.EqualTo((0, true)), error);
        await AssertImportedAsync(_chain.All);
    }

    [Test]
    public async Task A_wait_that_is_given_up_says_that_the_server_goes_on_and_how_to_follow_it()
    {
        await using var relay = new ScriptedServer(exchange => exchange.Target.StartsWith("/jobs", StringComparison.Ordinal)
            ? Task.CompletedTask
            : exchange.ForwardAsync(_server.Address));
        using var user = ClientProgram.Of(_server.Address);
        var (code, _, error) = await user.RunAsync(Import(_chain.Base, "--retries", "0", "-u", $"http://{TestServer.User}@{relay.Address.Authority}"));
        Assert.That(code, Is.EqualTo(3), error);
        var command = Regex.Match(error, "the server goes on; imgapi (.*) shows how far it is").Groups[1].Value;
        _rest.SetResult();
        var (_, output, problem) = await user.ShellAsync($"$imgapi {command.Replace(relay.Address.Authority, _server.Address.Authority, StringComparison.Ordinal)}");
        Assert.That(output, Does.Contain("succeeded"), $"{command}\n{problem}");
    }
}
