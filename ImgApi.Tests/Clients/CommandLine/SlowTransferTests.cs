using System.Security.Cryptography;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Clients.CommandLine;

/// <summary>Transfers over slow lines and at low rates. None of them counts as broken, however long a buffer takes.</summary>
internal sealed class SlowTransferTests : ClientFixture
{
    // The slow line takes longer for the whole file than the limit of a stall, but for what is sent at once a fraction of it.
    private static readonly byte[] Content = RandomNumberGenerator.GetBytes(2_500_000);
    private static readonly string[] Impatient = ["--stall", "20", "--retries", "0"];
    private static readonly string[] Throttled = ["--limit", "20K", "--stall", "10", "--retries", "0"];

    private string _uuid = null!;
    private Relay _line = null!;
    private ClientProgram _far = null!;

    [OneTimeSetUp]
    public async Task PublishAsync()
    {
        _uuid = await Server.Admin.CreateAsync(("name", "far"), ("type", "other"));
        await Server.Admin.PutAnswerAsync($"/images/{_uuid}/file?compression=none", Requests.Bytes(Content));
        await Server.Admin.ActAsync(_uuid, "activate");
        _line = new Relay(() => Server.Address, _ => Line.Slow);
        _far = ClientProgram.Of(_line.Address);
    }

    [OneTimeTearDown]
    public async Task CloseAsync()
    {
        _far.Dispose();
        await _line.DisposeAsync();
    }

    private async Task AssertPublishedAsync(ClientProgram user, byte[] bytes, params string[] options)
    {
        var file = user.Write("web.file", bytes);
        var (code, output, error) = await user.RunAsync(["publish", "name=web", "version=1", "os=other", "type=other", "--compression", "none", "-f", file, "-q", .. options]);
        Assert.That(code, Is.Zero, error);
        Assert.That((await Server.Admin.GetAnswerAsync($"/images/{output.Trim()}/file")).Bytes, Is.EqualTo(bytes));
    }

    private async Task AssertDownloadedAsync(ClientProgram user, params string[] options)
    {
        var (code, _, error) = await user.RunAsync(["download", _uuid, "-o", "far", .. options]);
        Assert.That(code, Is.Zero, error);
        Assert.That(await File.ReadAllBytesAsync(user.Combine("far")), Is.EqualTo(Content));
    }

    [TestCase]
    [TestCase("--no-resume")]
    public Task An_upload_over_a_slow_line_completes(params string[] options) => AssertPublishedAsync(_far, Content, [.. Impatient, .. options]);

    [Test]
    public Task A_download_over_a_slow_line_completes() => AssertDownloadedAsync(_far, Impatient);

    [Test]
    public async Task A_copy_over_slow_lines_completes()
    {
        await using var target = await TestServer.StartAsync();
        await using var to = new Relay(() => target.Address, _ => Line.Slow);
        var (code, _, error) = await _far.RunAsync(["copy", _uuid, "--from", $"{_line.Address}", "-u", $"http://{TestServer.User}@{to.Address.Authority}", .. Impatient]);
        Assert.That(code, Is.Zero, error);
        Assert.That((await target.Admin.GetAnswerAsync($"/images/{_uuid}/file")).Bytes, Is.EqualTo(Content));
    }

    [TestCase]
    [TestCase("--no-resume")]
    public Task An_upload_at_a_low_rate_completes(params string[] options) => AssertPublishedAsync(Client, Content[..250_000], [.. Throttled, .. options]);

    [Test]
    public async Task A_download_at_a_low_rate_completes()
    {
        var sha1 = (await ManifestAsync(_uuid)).GetProperty("files")[0].Text("sha1")!;
        Client.Write($"far.{sha1[..8]}.part", Content[..^250_000]);
        await AssertDownloadedAsync(Client, Throttled);
    }
}
