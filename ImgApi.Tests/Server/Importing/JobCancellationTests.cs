using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Importing;

/// <summary><c>DELETE /jobs/UUID</c>, and the deletion of an image that a job is importing.</summary>
[TestFixture]
internal sealed class JobCancellationTests : ImportFixture
{
    private const string Account = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa";
    private const int Cut = 100_000;

    private TaskCompletionSource _release = null!;
    private ScriptedServer _source = null!;

    /// <summary>Starts a source that stops in the middle of the file of the chain's second image.</summary>
    [SetUp]
    public void StartSource()
    {
        _release = new TaskCompletionSource();
        _source = SourceOfFiles(exchange =>
        {
            var held = exchange.Target.StartsWith($"/images/{Chain.Middle}/file", StringComparison.Ordinal);
            return exchange.ForwardAsync(Source.Address, held ? Cut : null, held ? _release.Task : null);
        });
    }

    [TearDown]
    public async Task StopSourceAsync()
    {
        _release.TrySetResult();
        await _source.DisposeAsync();
    }

    private async Task<string> StartHeldJobAsync()
    {
        var job = await Admin.StartJobAsync(Chain.Top, _source.Address);
        await Eventually.TrueAsync(() => _source.FileRequests.Length == 2);
        return job;
    }

    private async Task AssertUnfinishedImagesAreGoneAsync()
    {
        foreach (var uuid in new[] { Chain.Middle, Chain.Top })
        {
            Assert.That((int)(await Admin.GetAnswerAsync($"/images/{uuid}")).Status, Is.EqualTo(404));
            Assert.That(Directory.Exists(Path.Combine(Server.DataFolder, uuid)), Is.False);
        }

        await AssertIsCopyAsync(Chain.Base);
    }

    [Test]
    public async Task A_canceled_job_ends_and_names_the_images_that_it_removed()
    {
        var answer = await Admin.DeleteAnswerAsync($"/jobs/{await StartHeldJobAsync()}");
        AssertOk(answer);
        Assert.Multiple(() =>
        {
            Assert.That(answer.Json.GetProperty("execution").GetString(), Is.EqualTo("canceled"));
            Assert.That(answer.ErrorOf(), Is.Empty);
            Assert.That(answer.Text, Does.Contain($"canceled on request; removed again: {Chain.Middle}"));
            Assert.That(answer.Keys, Does.Contain("finished_at"));
        });
    }

    [Test]
    public async Task A_canceled_job_removes_its_unfinished_images_and_keeps_the_finished_ones()
    {
        await Admin.DeleteAnswerAsync($"/jobs/{await StartHeldJobAsync()}");
        await AssertUnfinishedImagesAreGoneAsync();
    }

    [Test]
    public async Task A_canceled_job_is_listed_as_canceled()
    {
        var job = await StartHeldJobAsync();
        await Admin.DeleteAnswerAsync($"/jobs/{job}");
        var listed = await Admin.GetAnswerAsync($"/images/{Chain.Top}/jobs?execution=canceled");
        Assert.That(listed.Json.EnumerateArray().Single().GetProperty("uuid").GetString(), Is.EqualTo(job));
    }

    [Test]
    public async Task A_second_cancellation_of_a_job_is_accepted()
    {
        var job = await StartHeldJobAsync();
        AssertOk(await Admin.DeleteAnswerAsync($"/jobs/{job}"));
        AssertOk(await Admin.DeleteAnswerAsync($"/jobs/{job}"));
    }

    [Test]
    public async Task A_canceled_job_stays_canceled_after_a_restart()
    {
        using var folder = new TemporaryFolder();
        string job;
        await using (var server = await TestServer.StartAsync(dataFolder: folder.Path))
        {
            job = await server.Admin.StartJobAsync(Chain.Top, _source.Address);
            AssertOk(await server.Admin.DeleteAnswerAsync($"/jobs/{job}"));
        }

        await using var next = await TestServer.StartAsync(dataFolder: folder.Path);
        var after = await next.Anonymous.GetAnswerAsync($"/jobs/{job}");
        Assert.That(after.Json.GetProperty("execution").GetString(), Is.EqualTo("canceled"));
    }

    [Test]
    public async Task An_image_whose_import_was_canceled_can_be_imported_again()
    {
        AssertOk(await Admin.DeleteAnswerAsync($"/jobs/{await StartHeldJobAsync()}"));
        Assert.That((await Admin.JobEndAsync(await Admin.StartJobAsync(Chain.Top, Source.Address))).ErrorOf(), Is.Empty);
        await AssertIsCopyAsync(Chain.Top);
    }

    [Test]
    public async Task A_finished_job_cannot_be_canceled()
    {
        var job = await Admin.StartJobAsync(Chain.Base, Source.Address);
        await Admin.JobEndAsync(job);
        AssertRefused(await Admin.DeleteAnswerAsync($"/jobs/{job}"), 409, "ConflictError", "Finished jobs cannot be canceled");
        await AssertIsCopyAsync(Chain.Base);
    }

    [Test]
    public async Task An_unknown_job_cannot_be_canceled()
    {
        var job = Uuid.New();
        AssertRefused(await Admin.DeleteAnswerAsync($"/jobs/{job}"), 404, "ResourceNotFound", $"job {job} not found");
    }

    [Test]
    public async Task A_stranger_cannot_cancel_a_job()
    {
        var job = await StartHeldJobAsync();
        Assert.That((int)(await Server.Anonymous.DeleteAnswerAsync($"/jobs/{job}")).Status, Is.EqualTo(401));
        Assert.That((await Admin.GetAnswerAsync($"/jobs/{job}")).Json.GetProperty("execution").GetString(), Is.EqualTo("running"));
    }

    [Test]
    public async Task Another_account_does_not_find_the_job_to_cancel()
    {
        var job = await StartHeldJobAsync();
        AssertRefused(await Admin.DeleteAnswerAsync($"/jobs/{job}?account={Account}"), 404, "ResourceNotFound", $"job {job} not found");
        Assert.That((await Admin.GetAnswerAsync($"/jobs/{job}")).Json.GetProperty("execution").GetString(), Is.EqualTo("running"));
    }

    [Test]
    public async Task The_deletion_of_an_image_cancels_the_job_that_imports_it()
    {
        var job = await StartHeldJobAsync();
        Assert.That((int)(await Admin.DeleteAnswerAsync($"/images/{Chain.Middle}")).Status, Is.EqualTo(204));
        var ended = await Admin.GetAnswerAsync($"/jobs/{job}");
        Assert.That(ended.Json.GetProperty("execution").GetString(), Is.EqualTo("canceled"));
        Assert.That(ended.Text, Does.Contain($"image {Chain.Middle} was deleted"));
        await AssertUnfinishedImagesAreGoneAsync();
    }

    [Test]
    public async Task A_refused_deletion_of_an_image_cancels_no_job()
    {
        var job = await StartHeldJobAsync();
        AssertRefused(await Admin.DeleteAnswerAsync($"/images/{Chain.Base}"), 422, "ImageHasDependentImages");
        _release.SetResult();
        Assert.That((await Admin.JobEndAsync(job)).ErrorOf(), Is.Empty);
        await AssertIsCopyAsync(Chain.Top);
    }
}
