using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Importing;

/// <summary><c>DELETE /jobs/UUID</c>, and the deletion of an image that a job makes.</summary>
[TestFixture]
internal sealed class JobCancellationTests : ImportFixture
{
    private const string Account = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa";
    private const int Cut = 100_000;

    private TaskCompletionSource _goOn = null!;
    private ScriptedServer _line = null!;

    [SetUp]
    public void Hold()
    {
        _goOn = new TaskCompletionSource();
        _line = new ScriptedServer(exchange =>
        {
            var held = exchange.Target.StartsWith($"/images/{Chain.Middle}/file", StringComparison.Ordinal);
            return exchange.ForwardAsync(Source.Address, held ? Cut : null, held ? _goOn.Task : null);
        });
    }

    [TearDown]
    public async Task LetGoAsync()
    {
        _goOn.TrySetResult();
        await _line.DisposeAsync();
    }

    private async Task<string> HeldJobAsync()
    {
        var job = await Admin.StartJobAsync(Chain.Top, _line.Address);
        await Eventually.TrueAsync(() => _line.FileRequests.Length == 2);
        return job;
    }

    private async Task AssertTakenBackAsync()
    {
        foreach (var uuid in new[] { Chain.Middle, Chain.Top })
        {
            Assert.That((int)(await Admin.GetAnswerAsync($"/images/{uuid}")).Status, Is.EqualTo(404));
            Assert.That(Directory.Exists(Path.Combine(Server.DataFolder, uuid)), Is.False);
        }

        await AssertIsCopyAsync(Chain.Base);
    }

    [Test]
    public async Task A_running_job_ends_and_takes_back_what_it_did_not_finish()
    {
        var job = await HeldJobAsync();
        var answer = await Admin.DeleteAnswerAsync($"/jobs/{job}");
        AssertOk(answer);
        Assert.Multiple(() =>
        {
            Assert.That(answer.Json.GetProperty("execution").GetString(), Is.EqualTo("canceled"));
            Assert.That(answer.ErrorOf(), Is.Empty);
            Assert.That(answer.Text, Does.Contain($"canceled on request; removed again: {Chain.Middle}"));
            Assert.That(answer.Keys, Does.Contain("finished_at"));
        });
        await AssertTakenBackAsync();
        var listed = await Admin.GetAnswerAsync($"/images/{Chain.Top}/jobs?execution=canceled");
        Assert.That(listed.Json.EnumerateArray().Single().GetProperty("uuid").GetString(), Is.EqualTo(job));
    }

    [Test]
    public async Task A_canceled_job_is_answered_again_and_stays_canceled_after_a_restart()
    {
        using var folder = new TemporaryFolder();
        string job;
        await using (var server = await TestServer.StartAsync(dataFolder: folder.Path))
        {
            job = await server.Admin.StartJobAsync(Chain.Top, _line.Address);
            AssertOk(await server.Admin.DeleteAnswerAsync($"/jobs/{job}"));
            AssertOk(await server.Admin.DeleteAnswerAsync($"/jobs/{job}"));
        }

        await using var next = await TestServer.StartAsync(dataFolder: folder.Path);
        var after = await next.Anonymous.GetAnswerAsync($"/jobs/{job}");
        Assert.That(after.Json.GetProperty("execution").GetString(), Is.EqualTo("canceled"));
    }

    [Test]
    public async Task The_image_can_be_imported_again()
    {
        AssertOk(await Admin.DeleteAnswerAsync($"/jobs/{await HeldJobAsync()}"));
        Assert.That((await Admin.JobEndAsync(await Admin.StartJobAsync(Chain.Top, Source.Address))).ErrorOf(), Is.Empty);
        await AssertIsCopyAsync(Chain.Top);
    }

    [Test]
    public async Task A_finished_job_is_a_conflict()
    {
        var job = await Admin.StartJobAsync(Chain.Base, Source.Address);
        await Admin.JobEndAsync(job);
        AssertRefused(await Admin.DeleteAnswerAsync($"/jobs/{job}"), 409, "ConflictError", "Finished jobs cannot be canceled");
        await AssertIsCopyAsync(Chain.Base);
    }

    [Test]
    public async Task An_unknown_job_is_not_found()
    {
        var job = Uuid.New();
        AssertRefused(await Admin.DeleteAnswerAsync($"/jobs/{job}"), 404, "ResourceNotFound", $"job {job} not found");
    }

    [Test]
    public async Task A_job_is_not_canceled_without_credentials_or_for_a_foreign_account()
    {
        var job = await HeldJobAsync();
        Assert.That((int)(await Server.Anonymous.DeleteAnswerAsync($"/jobs/{job}")).Status, Is.EqualTo(401));
        AssertRefused(await Admin.DeleteAnswerAsync($"/jobs/{job}?account={Account}"), 404, "ResourceNotFound", $"job {job} not found");
        Assert.That((await Admin.GetAnswerAsync($"/jobs/{job}")).Json.GetProperty("execution").GetString(), Is.EqualTo("running"));
        AssertOk(await Admin.DeleteAnswerAsync($"/jobs/{job}"));
    }

    [Test]
    public async Task The_deletion_of_an_image_ends_the_job_that_makes_it()
    {
        var job = await HeldJobAsync();
        Assert.That((int)(await Admin.DeleteAnswerAsync($"/images/{Chain.Middle}")).Status, Is.EqualTo(204));
        var ended = await Admin.GetAnswerAsync($"/jobs/{job}");
        Assert.That(ended.Json.GetProperty("execution").GetString(), Is.EqualTo("canceled"));
        Assert.That(ended.Text, Does.Contain($"image {Chain.Middle} was deleted"));
        await AssertTakenBackAsync();
    }

    [Test]
    public async Task A_deletion_that_is_refused_ends_no_job()
    {
        var job = await HeldJobAsync();
        AssertRefused(await Admin.DeleteAnswerAsync($"/images/{Chain.Base}"), 422, "ImageHasDependentImages");
        _goOn.SetResult();
        Assert.That((await Admin.JobEndAsync(job)).ErrorOf(), Is.Empty);
        await AssertIsCopyAsync(Chain.Top);
    }
}
