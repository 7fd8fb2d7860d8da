using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Importing;

/// <summary>Sources whose answers announce a length that is not a number of bytes, and then keep the connection open.</summary>
[TestFixture]
internal sealed class BadLengthTests : ImportFixture
{
    private const string Reason = "the answer's Content-Length is not a number of bytes";

    private static ScriptedServer Announcing(string length, Task end, Func<Exchange, bool> isBad, Uri? others = null) => new(async exchange =>
    {
        if (!isBad(exchange))
        {
            await exchange.ForwardAsync(others!);
            return;
        }

        await exchange.SendAsync($"200 OK\r\nContent-Length: {length}", "{");
        await end;
    });

    [TestCase("-5")]
    [TestCase("+5")]
    [TestCase("5x")]
    [TestCase("0x5")]
    [TestCase("5, 6")]
    [TestCase("5\r\nContent-Length: 6")]
    [TestCase("99999999999999999999")]
    public async Task A_manifest_is_refused_at_once(string length)
    {
        var end = new TaskCompletionSource();
        await using var source = Announcing(length, end.Task, _ => true);
        var answer = await Admin.ImportFromAsync(Chain.Base, source.Address);
        AssertRefused(
            answer, 503, "RemoteSourceError", $"Unable to get manifest for image {Chain.Base}. Error from remote: {Reason}");
        end.SetResult();
    }

    [Test]
    public async Task A_file_is_refused_at_once()
    {
        var end = new TaskCompletionSource();
        await using var source = Announcing("-5", end.Task, exchange => exchange.IsForFile, Source.Address);
        var answer = await Admin.FileFromAsync(await BaseWithoutFileAsync(), source.Address);
        AssertRefused(
            answer, 503, "RemoteSourceError", $"Unable to get stream for image file {Chain.Base}. Error from remote: {Reason}");
        await AssertNothingStaysAsync(Chain.Base);
        end.SetResult();
    }

    [Test]
    public async Task An_error_is_refused_at_once()
    {
        var end = new TaskCompletionSource();
        await using var source = new ScriptedServer(async exchange =>
        {
            await exchange.SendAsync("404 Not Found\r\nContent-Length: -5", "{");
            await end.Task;
        });
        var answer = await Admin.ImportFromAsync(Uuid.New().ToString(), source.Address);
        AssertRefused(answer, 503, "RemoteSourceError");
        Assert.That(answer.Message, Does.EndWith(Reason));
        end.SetResult();
    }
}
