using System.Security.Cryptography;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Clients.CommandLine;

/// <summary>The command <c>copy</c> from a source that stalls at once or cannot continue. The server is the target.</summary>
internal sealed class CopySourceTests : ClientFixture
{
    private static readonly byte[] Content = RandomNumberGenerator.GetBytes(300_000);

    private TestServer _source = null!;
    private string _uuid = null!;

    [SetUp]
    public async Task PublishAsync()
    {
        _source = await TestServer.StartAsync();
        _uuid = await _source.Admin.CreateAsync(("name", "web"), ("type", "other"), ("public", true));
        await _source.Admin.PutAnswerAsync($"/images/{_uuid}/file?compression=none", Requests.Bytes(Content));
        await _source.Admin.ActAsync(_uuid, "activate");
    }

    [TearDown]
    public Task CloseAsync() => _source.DisposeAsync().AsTask();

    private async Task AssertCopiedAsync(Uri from, Uri to, params string[] options)
    {
        var (code, _, error) = await Client.RunAsync(["copy", _uuid, "--from", $"{from}", "-u", $"http://{TestServer.User}@{to.Authority}", "--stall", "2", .. options]);
        Assert.That(code, Is.Zero, error);
        Assert.That((await Server.Admin.GetAnswerAsync($"/images/{_uuid}/file")).Bytes, Is.EqualTo(Content));
    }

    [Test]
    public async Task A_source_that_stalls_before_the_first_byte_is_asked_again()
    {
        var never = new TaskCompletionSource();
        await using var source = new ScriptedServer(async exchange =>
        {
            if (exchange.IsForFile && !never.Task.IsCompleted)
            {
                await exchange.SendAsync("200 OK\r\nContent-Length: 300000");
                await never.Task;
                return;
            }

            await exchange.ForwardAsync(_source.Address);
        });
        var copying = AssertCopiedAsync(source.Address, Server.Address);
        await Eventually.TrueAsync(() => source.FileRequests.Length > 1 || copying.IsCompleted);
        never.SetResult();
        await copying;
    }

    [Test]
    public async Task Bytes_that_a_source_without_ranges_sends_again_are_progress()
    {
        await using var slow = new Relay(() => _source.Address, _ => Line.Slow);
        await using var source = new ScriptedServer(exchange => exchange.ForwardAsync(slow.Address, dropRange: true));
        await using var target = new Relay(() => Server.Address, line => line.Connections == 0 ? Line.CutAfter(up: 270_000) : Line.Whole);
        await AssertCopiedAsync(source.Address, target.Address, "--retries", "1");
    }
}
