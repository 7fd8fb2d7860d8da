using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Importing;

/// <summary>Sources that hold their jobs, beside others.</summary>
[TestFixture]
internal sealed class SourceFairnessTests : ImportFixture
{
    private const int Jobs = 5;

    private TaskCompletionSource _end = null!;

    [SetUp]
    public void Hold() => _end = new TaskCompletionSource();

    /// <summary>Has a manifest for every uuid, and lets files hang.</summary>
    private ScriptedServer Holding() => new(async exchange =>
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
    public async Task One_source_never_has_all_places()
    {
        await using var holding = Holding();
        var held = await StartManyAsync(holding);
        Assert.That((await Admin.JobEndAsync(await Admin.StartJobAsync(Chain.Top, Source.Address))).ErrorOf(), Is.Empty);
        Assert.That(holding.FileRequests, Has.Length.LessThanOrEqualTo(2));
        await EndAsync(held);
    }

    [Test]
    public async Task Neither_have_two()
    {
        await using var first = Holding();
        await using var second = Holding();
        var held = await StartManyAsync(first);
        held = [.. held, .. await StartManyAsync(second)];
        Assert.That((await Admin.JobEndAsync(await Admin.StartJobAsync(Chain.Top, Source.Address))).ErrorOf(), Is.Empty);
        Assert.That(first.FileRequests.Length + second.FileRequests.Length, Is.LessThanOrEqualTo(3));
        await EndAsync(held);
    }

    [Test]
    public async Task Jobs_that_wait_are_canceled_while_all_places_are_held()
    {
        await using var holding = Holding();
        var held = await StartManyAsync(holding);
        foreach (var job in held)
        {
            var answer = await Admin.DeleteAnswerAsync($"/jobs/{job}");
            Assert.That(answer.Json.GetProperty("execution").GetString(), Is.EqualTo("canceled"), answer.Text);
        }
    }

    [Test]
    public async Task After_a_restart_the_jobs_that_were_worked_on_come_last()
    {
        using var folder = new TemporaryFolder();
        await using var holding = Holding();
        await using (var first = await TestServer.StartAsync(dataFolder: folder.Path, configure: Impatient))
        {
            for (var i = 0; i < Jobs; i++)
            {
                await first.Admin.StartJobAsync(Uuid.New().ToString(), holding.Address);
            }

            await Eventually.TrueAsync(() => holding.FileRequests.Length == 2);
        }

        var before = holding.FileRequests.Select(request => request.Target).ToArray();
        await using var second = await TestServer.StartAsync(dataFolder: folder.Path, configure: Impatient);
        await Eventually.TrueAsync(() => holding.FileRequests.Length >= before.Length + 2);
        Assert.That(holding.FileRequests.Skip(before.Length).Select(request => request.Target), Has.None.AnyOf(before));
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
