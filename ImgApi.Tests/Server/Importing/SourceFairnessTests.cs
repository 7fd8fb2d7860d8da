using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Importing;

/// <summary>Sources whose jobs never end, beside sources whose jobs do.</summary>
[TestFixture]
internal sealed class SourceFairnessTests : ImportFixture
{
    private const int Jobs = 5;

    private TaskCompletionSource _end = null!;

    [SetUp]
    public void KeepFilesOpen() => _end = new TaskCompletionSource();

    /// <summary>A source with a manifest for every UUID, whose files do not arrive before the end of the test.</summary>
    private ScriptedServer StuckSource() => new(async exchange =>
    {
        if (exchange.IsForFile)
        {
            await _end.Task;
            return;
        }

        var file = $$""","files":[{"sha1":"{{new string('a', 40)}}","size":5,"compression":"gzip"}]""";
        await exchange.SendJsonAsync(ManifestOf(exchange.Target.Split('/')[2], file));
    });

    private async Task<string[]> StartManyAsync(ScriptedServer source)
    {
        var jobs = await Task.WhenAll(Enumerable.Range(0, Jobs).Select(_ => Admin.StartJobAsync(Uuid.New().ToString(), source.Address)));
        await Eventually.TrueAsync(() => source.FileRequests.Length > 0);
        return jobs;
    }

    [Test]
    public async Task One_source_never_takes_all_job_slots()
    {
        await using var stuck = StuckSource();
        var waiting = await StartManyAsync(stuck);
        Assert.That((await Admin.JobEndAsync(await Admin.StartJobAsync(Chain.Top, Source.Address))).ErrorOf(), Is.Empty);
        Assert.That(stuck.FileRequests, Has.Length.LessThanOrEqualTo(2));
        await EndAsync(waiting);
    }

    [Test]
    public async Task Two_sources_never_take_all_job_slots()
    {
        await using var first = StuckSource();
        await using var second = StuckSource();
        var waiting = await StartManyAsync(first);
        waiting = [.. waiting, .. await StartManyAsync(second)];
        Assert.That((await Admin.JobEndAsync(await Admin.StartJobAsync(Chain.Top, Source.Address))).ErrorOf(), Is.Empty);
        Assert.That(first.FileRequests.Length + second.FileRequests.Length, Is.LessThanOrEqualTo(3));
        await EndAsync(waiting);
    }

    [Test]
    public async Task Waiting_jobs_can_be_canceled()
    {
        await using var stuck = StuckSource();
        var waiting = await StartManyAsync(stuck);
        foreach (var job in waiting)
        {
            var answer = await Admin.DeleteAnswerAsync($"/jobs/{job}");
            Assert.That(answer.Json.GetProperty("execution").GetString(), Is.EqualTo("canceled"), answer.Text);
        }
    }

    [Test]
    public async Task Jobs_that_were_running_before_a_restart_run_last_after_it()
    {
        using var folder = new TemporaryFolder();
        await using var stuck = StuckSource();
        await using (var first = await TestServer.StartAsync(dataFolder: folder.Path, configure: WithShortWaits))
        {
            for (var i = 0; i < Jobs; i++)
            {
                await first.Admin.StartJobAsync(Uuid.New().ToString(), stuck.Address);
            }

            await Eventually.TrueAsync(() => stuck.FileRequests.Length == 2);
        }

        var before = stuck.FileRequests.Select(request => request.Target).ToArray();
        await using var second = await TestServer.StartAsync(dataFolder: folder.Path, configure: WithShortWaits);
        await Eventually.TrueAsync(() => stuck.FileRequests.Length >= before.Length + 2);
        Assert.That(stuck.FileRequests.Skip(before.Length).Select(request => request.Target), Has.None.AnyOf(before));
        _end.SetResult();
    }

    private async Task EndAsync(string[] jobs)
    {
        foreach (var job in jobs)
        {
            await Admin.DeleteAnswerAsync($"/jobs/{job}");
        }

        _end.TrySetResult();
    }
}
