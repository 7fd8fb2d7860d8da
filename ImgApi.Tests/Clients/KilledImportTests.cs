using ImgApi.Tests.Support;

namespace ImgApi.Tests.Clients;

/// <summary>The process is killed in mid-import; the next one finishes the job.</summary>
[TestFixture]
[Category("Slow")]
internal sealed class KilledImportTests
{
    private const int Cut = 100_000;

    [Test]
    public async Task A_killed_import_goes_on_at_the_next_start()
    {
        await using var source = await TestServer.StartAsync();
        var chain = await ImageChain.PublishAsync(source.Admin);
        var goOn = new TaskCompletionSource();
        await using var line = new ScriptedServer(exchange =>
        {
            var held = exchange.Target.StartsWith($"/images/{chain.Middle}/file", StringComparison.Ordinal);
            return exchange.ForwardAsync(source.Address, held ? Cut : null, held ? goOn.Task : null);
        });
        using var folder = new TemporaryFolder();
        var data = folder.Combine("data");
        var config = folder.Write("config.json", $$"""{"datadir":"{{data}}","port":0,"address":"127.0.0.1","authType":"none"}""");
        string job;
        await using (var server = await ServerProcess.StartAsync(config))
        {
            using var client = new HttpClient { BaseAddress = server.Address };
            job = await client.StartJobAsync(chain.Top, line.Address);
            await Eventually.TrueAsync(() => Transferred(Path.Combine(data, chain.Middle)));
            await server.KillAsync();
        }

        goOn.SetResult();
        await using var next = await ServerProcess.StartAsync(config);
        using var again = new HttpClient { BaseAddress = next.Address };
        var end = await again.JobEndAsync(job);
        Assert.That(end.Json.GetProperty("execution").GetString(), Is.EqualTo("succeeded"), end.Text);
        Assert.That(line.FileRequests.Count(request => request.Target.Contains(chain.Base, StringComparison.Ordinal)), Is.EqualTo(1), "what was done is not done again");
        foreach (var uuid in chain.All)
        {
            Assert.That((await again.GetAnswerAsync($"/images/{uuid}")).Json.GetProperty("state").GetString(), Is.EqualTo("active"));
            Assert.That((await again.GetAnswerAsync($"/images/{uuid}/file")).Bytes, Is.EqualTo(chain.FileOf(uuid)));
            Assert.That(Directory.GetFiles(Path.Combine(data, uuid)), Has.Length.EqualTo(2), "no litter");
        }
    }

    [Test]
    public async Task A_server_that_ends_in_good_order_leaves_its_jobs_to_the_next_one()
    {
        await using var source = await TestServer.StartAsync();
        var chain = await ImageChain.PublishAsync(source.Admin);
        var goOn = new TaskCompletionSource();
        await using var line = new ScriptedServer(exchange => exchange.ForwardAsync(
            source.Address, exchange.IsForFile ? Cut : null, exchange.IsForFile ? goOn.Task : null));
        using var folder = new TemporaryFolder();
        string job;
        await using (var server = await TestServer.StartAsync(dataFolder: folder.Path))
        {
            job = await server.Admin.StartJobAsync(chain.Base, line.Address);
            await Eventually.TrueAsync(() => line.FileRequests.Length == 1);
        }

        goOn.SetResult();
        await using var next = await TestServer.StartAsync(dataFolder: folder.Path);
        Assert.That((await next.Admin.JobEndAsync(job)).ErrorOf(), Is.Empty);
        Assert.That((await next.Admin.GetAnswerAsync($"/images/{chain.Base}/file")).Bytes, Is.EqualTo(chain.FileOf(chain.Base)));
    }

    /// <summary>The manifest is there, and the file on its way.</summary>
    private static bool Transferred(string folder) => Directory.Exists(folder) && Directory.GetFiles(folder).Length == 2;
}
