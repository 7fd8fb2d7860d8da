using System.Net;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Resilience.Faults;

/// <summary>A disk that does not respond blocks only the requests that need it.</summary>
[TestFixture]
internal sealed class StuckDiskTests
{
    private const int Waiting = 4;
    private const int Others = 16;

    [Test]
    public async Task Requests_are_answered_while_others_wait_for_the_disk()
    {
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.StartOnAsync(folder.Combine("data"));
        var uuid = await server.Admin.PublishAsync();
        var content = Directory.GetFiles(folder.Combine("data", uuid), "image-*").Single();
        var bytes = await File.ReadAllBytesAsync(content);
        File.Delete(content);
        await Tools.RunAsync("mkfifo", [content]); // opening a FIFO blocks until it has a writer

        var waiting = Enumerable.Range(0, Waiting).Select(_ => AskAsync(server, $"/images/{uuid}/file")).ToArray();
        var answers = await Task.WhenAll(Enumerable.Range(0, Others).Select(_ => AskAsync(server, "/ping")));
        Assert.That(answers, Has.All.EqualTo(HttpStatusCode.OK));
        Assert.That(waiting.Count(request => request.IsCompleted), Is.Zero);

        await using (new FileStream(content, FileMode.Open, FileAccess.ReadWrite))
        {
            await Task.WhenAll(waiting); // whatever the answers are, no request waits any longer
        }

        File.Delete(content);
        await File.WriteAllBytesAsync(content, bytes);
        Assert.That(await AskAsync(server, $"/images/{uuid}/file"), Is.EqualTo(HttpStatusCode.OK));
    }

    /// <summary>Sends the request second on a new connection, since the first one is not received by the thread that waits for sockets.</summary>
    private static async Task<HttpStatusCode?> AskAsync(ServerProcess server, string path)
    {
        using var client = new HttpClient { BaseAddress = server.Address };
        try
        {
            await client.GetAnswerAsync("/ping");
            return (await client.GetAnswerAsync(path)).Status;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
