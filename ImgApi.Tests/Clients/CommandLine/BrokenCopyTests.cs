using System.Diagnostics;
using System.Security.Cryptography;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Clients.CommandLine;

/// <summary>The command <c>copy</c> over lines to either server that stall or are slow, and after the end of the program or of a server.</summary>
[TestFixture]
[Category("Slow")]
[Platform("Linux", Reason = "the program")]
internal sealed class BrokenCopyTests
{
    private const int Limit = 3_000_000;

    private static readonly byte[] Content = RandomNumberGenerator.GetBytes(8_000_000);

    private TemporaryFolder _folder = null!;
    private ServerProcess _source = null!;
    private ServerProcess _target = null!;
    private ClientProgram _user = null!;
    private string _uuid = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _folder = new TemporaryFolder();
        (_source, _target) = (await StartAsync("source"), await StartAsync("target"));
        _uuid = await _source.Admin.CreateAsync(("name", "web"), ("type", "other"), ("public", true));
        await _source.Admin.PutAnswerAsync($"/images/{_uuid}/file?compression=none", Requests.Bytes(Content));
        await _source.Admin.ActAsync(_uuid, "activate");
        _user = new ClientProgram { Environment = { ["IMGAPI_PASSWORD"] = TestServer.Password } };
    }

    [TearDown]
    public async Task StopAsync()
    {
        _user.Dispose();
        await _source.DisposeAsync();
        await _target.DisposeAsync();
        _folder.Dispose();
    }

    private Task<ServerProcess> StartAsync(string name) => ServerProcess.StartOnAsync(_folder.Combine(name));

    private Relay ToSource(Func<Relay, Line> lineOf) => new(() => _source.Address, lineOf);

    private Relay ToTarget(Func<Relay, Line> lineOf) => new(() => _target.Address, lineOf);

    private static string[] Copy(Relay from, Relay to) =>
        ["copy", "web", "--from", $"{from.Address}", "-u", $"http://{TestServer.User}@{to.Address.Authority}", "--stall", "3"];

    private static Line StallOnce(Relay line) => line.Stalls == 0 ? Line.StallAfter(up: Limit, down: Limit) : Line.Whole;

    private async Task AssertCopiedAsync(Relay from, Relay to)
    {
        var (code, _, error) = await _user.RunAsync(Copy(from, to));
        Assert.That(code, Is.Zero, error);
        await AssertOnlyImageAsync();
    }

    private async Task AssertOnlyImageAsync()
    {
        var images = (await _target.Admin.GetAnswerAsync("/images?state=all")).Json.EnumerateArray();
        Assert.That(images.Select(image => (image.Text("uuid"), image.Text("state"))), Is.EqualTo(new[] { (_uuid, "active") }));
        Assert.That((await _target.Admin.GetAnswerAsync($"/images/{_uuid}/file")).Bytes.SequenceEqual(Content), Is.True);
    }

    private async Task<Process> StalledAsync(Relay from, Relay to)
    {
        var process = _user.Start(Copy(from, to));
        await Eventually.TrueAsync(() => from.Stalls + to.Stalls > 0);
        return process;
    }

    private async Task AssertEndsWellAsync(Process process)
    {
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.That(process.ExitCode, Is.Zero, error);
        await AssertOnlyImageAsync();
    }

    [Test]
    public async Task A_copy_continues_after_the_connection_to_the_source_stalls()
    {
        await using var from = ToSource(StallOnce);
        await using var to = ToTarget(_ => Line.Whole);
        await AssertCopiedAsync(from, to);
    }

    [Test]
    public async Task A_copy_continues_after_the_connection_to_the_target_stalls()
    {
        await using var from = ToSource(_ => Line.Whole);
        await using var to = ToTarget(StallOnce);
        await AssertCopiedAsync(from, to);
    }

    [Test]
    public async Task A_copy_over_slow_lines_completes()
    {
        await using var from = ToSource(_ => Line.Slow);
        await using var to = ToTarget(_ => Line.Slow);
        await AssertCopiedAsync(from, to);
    }

    [Test]
    public async Task A_copy_whose_program_was_killed_is_completed_by_the_same_command()
    {
        await using var from = ToSource(_ => Line.Whole);
        await using var to = ToTarget(StallOnce);
        using (var process = await StalledAsync(from, to))
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        await AssertCopiedAsync(from, to);
    }

    [Test]
    public async Task A_copy_continues_when_a_killed_target_is_back()
    {
        await using var from = ToSource(_ => Line.Whole);
        await using var to = ToTarget(StallOnce);
        using var process = await StalledAsync(from, to);
        await _target.KillAsync();
        _target = await StartAsync("target");
        await AssertEndsWellAsync(process);
    }

    [Test]
    public async Task A_copy_continues_when_a_killed_source_is_back()
    {
        await using var from = ToSource(StallOnce);
        await using var to = ToTarget(_ => Line.Whole);
        using var process = await StalledAsync(from, to);
        await _source.KillAsync();
        _source = await StartAsync("source");
        await AssertEndsWellAsync(process);
    }
}
