using ImgApi.Tests.Support;

namespace ImgApi.Tests.Clients.CommandLine;

/// <summary><c>imgapi import</c>, <c>search</c> and <c>jobs</c>: images of another server, and the jobs that fetch them.</summary>
[TestFixture]
internal sealed class ImportCommandTests : ClientFixture
{
    private TestServer _other = null!;
    private ImageChain _chain = null!;

    [OneTimeSetUp]
    public async Task StartOtherAsync() => _other = await TestServer.StartAsync();

    [OneTimeTearDown]
    public async Task StopOtherAsync() => await _other.DisposeAsync();

    [SetUp]
    public async Task PublishAsync() => _chain = await ImageChain.PublishAsync(_other.Admin);

    [Test]
    public async Task Search_finds_parts_of_words_in_any_case() =>
        Assert.That(await OutputAsync("search", "--from", $"{_other.Address}", "-q", "TOP", "image"), Does.Contain(_chain.Top).And.Not.Contain(_chain.Base));

    [Test]
    public async Task Search_in_a_terminal_shows_a_table()
    {
        var (code, screen) = await Client.InTerminalAsync("", "search", "--from", $"{_other.Address}", "middle");
        Assert.That(code, Is.Zero, screen);
        Assert.That(screen, Does.Match($@"{_chain.Middle[..8]} +middle +1\.0\.0"));
    }

    [Test]
    public async Task Import_takes_an_image_with_its_origins_and_waits_for_the_end()
    {
        Assert.That(await OutputAsync("import", _chain.Top, "--from", $"{_other.Address}"), Is.EqualTo($"Imported top@1.0.0 ({_chain.Top})\n"));
        Assert.That((await ManifestAsync(_chain.Base)).Text("state"), Is.EqualTo("active"));
    }

    [Test]
    public async Task Import_takes_the_newest_image_of_a_name_at_the_other_server() =>
        Assert.That(await OutputAsync("import", "top", "--from", $"{_other.Address}", "-q"), Is.EqualTo(_chain.Top + "\n"));

    [Test]
    public async Task Import_shows_a_bar_for_the_file_to_a_person()
    {
        var rest = new TaskCompletionSource();
        await using var slow = new ScriptedServer(exchange => exchange.IsForFile
            ? exchange.ForwardAsync(_other.Address, bodyLimit: ImageChain.FileSize / 2, hold: rest.Task)
            : exchange.ForwardAsync(_other.Address));
        var (code, screen) = await Client.InTerminalUntilAsync(
            "%",
            _ =>
            {
                rest.SetResult();
                return Task.CompletedTask;
            },
            "import", _chain.Base, "--from", $"{slow.Address}");
        Assert.That(code, Is.Zero, screen);
        Assert.That(screen, Does.Contain(_chain.Base).And.Match(@"\d+%").And.Contain("Imported base"));
    }

    [Test]
    public async Task Without_waiting_import_prints_the_job_which_jobs_follows()
    {
        var job = (await OutputAsync("import", _chain.Top, "--from", $"{_other.Address}", "--no-wait", "-q")).Trim();
        var rows = (await OutputAsync("jobs", job, "--follow")).Split('\n');
        Assert.That(rows[1], Does.StartWith($"{job}\tsucceeded\t{_chain.Top}"));
    }

    [Test]
    public async Task Jobs_lists_all_imports()
    {
        await OutputAsync("import", _chain.Base, "--from", $"{_other.Address}", "-q");
        var jobs = await JsonAsync("jobs");
        Assert.That(jobs.EnumerateArray().Select(job => job.GetProperty("params").Text("image_uuid")), Does.Contain(_chain.Base));
    }

    [Test]
    public async Task Jobs_in_a_terminal_shows_a_table()
    {
        await OutputAsync("import", _chain.Base, "--from", $"{_other.Address}", "-q");
        var (code, screen) = await Client.InTerminalAsync("", "jobs", _chain.Base);
        Assert.That(code, Is.Zero, screen);
        Assert.That(screen, Does.Contain("succeeded"));
    }

    [Test]
    public async Task A_rate_for_bytes_that_do_not_pass_this_machine_is_refused()
    {
        var (code, _, error) = await Client.RunAsync("import", _chain.Top, "--from", $"{_other.Address}", "--limit", "1M");
        Assert.That(code, Is.EqualTo(2));
        Assert.That(error, Does.StartWith("imgapi: --limit is only for files that this machine sends"));
    }

    [Test]
    public async Task A_failed_import_is_exit_code_1_with_the_reason()
    {
        await using var broken = new ScriptedServer(exchange => exchange.IsForFile ? exchange.SendAsync("404 Not Found") : exchange.ForwardAsync(_other.Address));
        var (code, output, error) = await Client.RunAsync("import", _chain.Base, "--from", $"{broken.Address}");
        Assert.That((code, output), Is.EqualTo((1, "")));
        Assert.That(error, Does.StartWith("imgapi: the job failed: ").And.Contain("HTTP 404"));
    }
}
