using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Importing;

/// <summary>Sources whose answers announce a length that is not a number of bytes, and then keep the connection open.</summary>
[TestFixture]
internal sealed class BadLengthTests : ImportFixture
{
    private const string Reason = "the answer's Content-Length is not a number of bytes";

    private TaskCompletionSource _end = null!;

    [SetUp]
    public void KeepConnectionsOpen() => _end = new TaskCompletionSource();

    [TearDown]
    public void CloseConnections() => _end.SetResult();

    private async Task AnnounceAsync(Exchange exchange, string status, string length)
    {
        await exchange.SendAsync($"{status}\r\nContent-Length: {length}", "{");
        await _end.Task;
    }

    [TestCase("-5")]
    [TestCase("+5")]
    [TestCase("5x")]
    [TestCase("0x5")]
    [TestCase("5, 6")]
    [TestCase("5\r\nContent-Length: 6")]
    [TestCase("99999999999999999999")]
    public async Task A_manifest_with_an_invalid_length_is_refused_at_once(string length)
    {
        await using var source = new ScriptedServer(exchange => AnnounceAsync(exchange, "200 OK", length));
        AssertRefused(
            await Admin.ImportFromAsync(Chain.Base, source.Address), 503, "RemoteSourceError",
            $"Unable to get manifest for image {Chain.Base}. Error from remote: {Reason}");
    }

    [Test]
    public async Task A_file_with_an_invalid_length_is_refused_at_once()
    {
        await using var source = SourceOfFiles(exchange => AnnounceAsync(exchange, "200 OK", "-5"));
        AssertRefused(
            await Admin.FileFromAsync(await ImportBaseWithoutFileAsync(), source.Address), 503, "RemoteSourceError",
            $"Unable to get stream for image file {Chain.Base}. Error from remote: {Reason}");
        await AssertNoFileIsKeptAsync(Chain.Base);
    }

    [Test]
    public async Task An_error_with_an_invalid_length_is_refused_at_once()
    {
        await using var source = new ScriptedServer(exchange => AnnounceAsync(exchange, "404 Not Found", "-5"));
        var answer = await Admin.ImportFromAsync(Chain.Base, source.Address);
        AssertRefused(answer, 503, "RemoteSourceError");
        Assert.That(answer.Message, Does.EndWith(Reason));
    }
}
