using ImgApi.Tests.Support;

namespace ImgApi.Tests.Clients;

/// <summary>Imports that a stopped or killed server leaves to the next one.</summary>
[TestFixture]
[Category("Slow")]
internal sealed class KilledImportTests
{
    private const int Cut = 100_000;

    [Test]
    public async Task A_job_of_a_killed_server_is_finished_after_the_next_start()
    {
        await using var source = await TestServer.StartAsync();
        var chain = await ImageChain.PublishAsync(source.Admin);
        var release = new TaskCompletionSource();
        await using var proxy = new ScriptedServer(exchange =>
        {
            var held = exchange.Target.StartsWith($"/images/{chain.Middle}/file", StringComparison.Ordinal);
            return exchange.ForwardAsync(source.Address, held ? Cut : null, held ? release.Task : null);
        });
        using var folder = new TemporaryFolder();
        var data = folder.Combine("data");
        var config = folder.Write("config.json", $$"""{"datadir":"{{data}}","port":0,"address":"127.0.0.1","authType":"none"}""");
        string job;
        await using (var server = await ServerProcess.StartAsync(config))
        {
            using var client = new HttpClient { BaseAddress = server.Address };
            job = await client.StartJobAsync(chain.Top, proxy.Address);
            await Eventually.TrueAsync(() => IsDownloading(Path.Combine(data, chain.Middle)));
            await server.KillAsync();
        }

        release.SetResult();
        await using var next = await ServerProcess.StartAsync(config);
        using var again = new HttpClient { BaseAddress = next.Address };
        var end = await again.JobEndAsync(job);
        Assert.That(end.Json.GetProperty("execution").GetString(), Is.EqualTo("succeeded"), end.Text);
        Assert.That(proxy.FileRequests.Count(request => request.Target.Contains(chain.Base, StringComparison.Ordinal)), Is.EqualTo(1));
        foreach (var uuid in chain.All)
        {
            Assert.That((await again.GetAnswerAsync($"/images/{uuid}")).Json.GetProperty("state").GetString(), Is.EqualTo("active"));
            Assert.That((await again.GetAnswerAsync($"/images/{uuid}/file")).Bytes.SequenceEqual(chain.FileOf(uuid)), Is.True);
            Assert.That(Directory.GetFiles(Path.Combine(data, uuid)), Has.Length.EqualTo(2));
        }
    }

    [Test]
    public async Task A_job_of_a_stopped_server_is_finished_after_the_next_start()
    {
        await using var source = await TestServer.StartAsync();
        var chain = await ImageChain.PublishAsync(source.Admin);
        var release = new TaskCompletionSource();
        await using var proxy = new ScriptedServer(exchange => exchange.ForwardAsync(
            source.Address, exchange.IsForFile ? Cut : null, exchange.IsForFile ? release.Task : null));
        using var folder = new TemporaryFolder();
        string job;
        await using (var server = await TestServer.StartAsync(dataFolder: folder.Path))
        {
            job = await server.Admin.StartJobAsync(chain.Base, proxy.Address);
            await Eventually.TrueAsync(() => proxy.FileRequests.Length == 1);
        }

        release.SetResult();
        await using var next = await TestServer.StartAsync(dataFolder: folder.Path);
        Assert.That((await next.Admin.JobEndAsync(job)).ErrorOf(), Is.Empty);
        Assert.That((await next.Admin.GetAnswerAsync($"/images/{chain.Base}/file")).Bytes.SequenceEqual(chain.FileOf(chain.Base)), Is.True);
    }

    /// <summary>Whether the folder holds a manifest and a part of the file.</summary>
    private static bool IsDownloading(string folder) => Directory.Exists(folder) && Directory.GetFiles(folder).Length == 2;
}
