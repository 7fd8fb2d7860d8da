using System.Diagnostics;
using System.Security.Cryptography;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Clients.CommandLine;

/// <summary>The command <c>copy</c> over lines to either server that stall, and after the end of the program or of a server.</summary>
[TestFixture]
[Category("Slow")]
[Platform("Linux", Reason = "the program")]
internal sealed class BrokenCopyTests
{
    private const int Limit = 3_000_000;

    private static readonly byte[] Content = RandomNumberGenerator.GetBytes(8_000_000);

    private TestServer[] _own = null!;
    private (Uri Address, HttpClient Admin) _source;
    private (Uri Address, HttpClient Admin) _target;
    private ClientProgram _user = null!;
    private string _uuid = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _own = [await TestServer.StartAsync(), await TestServer.StartAsync()];
        (_source, _target) = ((_own[0].Address, _own[0].Admin), (_own[1].Address, _own[1].Admin));
        await PublishAsync();
        _user = new ClientProgram { Environment = { ["IMGAPI_PASSWORD"] = TestServer.Password } };
    }

    private async Task PublishAsync()
    {
        _uuid = await _source.Admin.CreateAsync(("name", "web"), ("type", "other"), ("public", true));
        await _source.Admin.PutAnswerAsync($"/images/{_uuid}/file?compression=none", Requests.Bytes(Content));
        await _source.Admin.ActAsync(_uuid, "activate");
    }

    [TearDown]
    public async Task StopAsync()
    {
        _user.Dispose();
        await _own[0].DisposeAsync();
        await _own[1].DisposeAsync();
    }

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
        using var folder = new TemporaryFolder();
        await using var first = await ServerProcess.StartOnAsync(folder.Combine("data"));
        _target = (first.Address, first.Admin);
        await using var from = ToSource(_ => Line.Whole);
        await using var to = ToTarget(StallOnce);
        using var process = await StalledAsync(from, to);
        await first.KillAsync();
        await using var next = await ServerProcess.StartOnAsync(folder.Combine("data"));
        _target = (next.Address, next.Admin);
        await AssertEndsWellAsync(process);
    }

    [Test]
    public async Task A_copy_continues_when_a_killed_source_is_back()
    {
        using var folder = new TemporaryFolder();
        await using var first = await ServerProcess.StartOnAsync(folder.Combine("data"));
        _source = (first.Address, first.Admin);
        await PublishAsync();
        await using var from = ToSource(StallOnce);
        await using var to = ToTarget(_ => Line.Whole);
        using var process = await StalledAsync(from, to);
        await first.KillAsync();
        await using var next = await ServerProcess.StartOnAsync(folder.Combine("data"));
        _source = (next.Address, next.Admin);
        await AssertEndsWellAsync(process);
    }
}
