using ImgApi.Tests.Specification;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Importing;

/// <summary>What callers see of import jobs (contract 5.29).</summary>
[TestFixture]
[Category("Slow")]
internal sealed class ImportJobTests : ImportFixture
{
    private const string Account = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa";
    private const int Cut = 100_000;

    private TaskCompletionSource _release = null!;
    private ScriptedServer _source = null!;

    /// <summary>Starts a source that stops in the middle of each file.</summary>
    [SetUp]
    public void StartSource()
    {
        _release = new TaskCompletionSource();
        _source = SourceOfFiles(exchange => exchange.ForwardAsync(Source.Address, Cut, _release.Task));
    }

    [TearDown]
    public async Task StopSourceAsync()
    {
        _release.TrySetResult();
        await _source.DisposeAsync();
    }

    private Task<Answer> JobsAsync(string uuid, string query) => Server.Anonymous.GetAnswerAsync($"/images/{uuid}/jobs?{query}");

    [Test]
    [Check(161)]
    public async Task The_answer_to_an_import_names_image_job_and_server()
    {
        var started = await Admin.ImportRemoteAsync(Chain.Top, Source.Address);
        AssertOk(started);
        await Admin.JobEndAsync(started.Json.GetProperty("job_uuid").GetString()!);
        Assert.Multiple(() =>
        {
            Assert.That(started.Keys, Is.EqualTo(new[] { "image_uuid", "job_uuid" }));
            Assert.That(started.Json.GetProperty("image_uuid").GetString(), Is.EqualTo(Chain.Top));
            Assert.That(started.Header("workflow-api"), Is.EqualTo(Server.Address.ToString().TrimEnd('/')));
        });
    }

    [Test]
    public async Task A_running_job_shows_its_progress_and_no_secret()
    {
        var job = await Admin.StartJobAsync(Chain.Base, $"http://{TestServer.User}:{TestServer.Password}@{_source.Address.Authority}");
        Answer running = null!;
        await Eventually.TrueAsync(async () =>
        {
            running = await Admin.GetAnswerAsync($"/jobs/{job}");
            return running.Text.Contains("\"received\": 100000", StringComparison.Ordinal);
        });

        Assert.Multiple(() =>
        {
            Assert.That(running.Json.GetProperty("execution").GetString(), Is.EqualTo("running"));
            Assert.That(running.Json.GetProperty("params").GetProperty("source").GetString(), Is.EqualTo($"http://{_source.Address.Authority}"));
            Assert.That(running.Json.GetProperty("params").GetProperty("download").GetProperty("size").GetInt64(), Is.EqualTo(ImageChain.FileSize));
            Assert.That(running.Text, Does.Not.Contain("secret"));
        });
    }

    [Test]
    public async Task A_second_import_of_an_image_returns_the_running_job()
    {
        var job = await Admin.StartJobAsync(Chain.Base, _source.Address);
        Assert.That(await Admin.StartJobAsync(Chain.Base, "http://127.0.0.1:1"), Is.EqualTo(job));
    }

    [Test]
    public async Task A_job_waits_for_an_origin_that_another_job_is_importing()
    {
        var job = await Admin.StartJobAsync(Chain.Base, _source.Address);
        await Eventually.TrueAsync(() => _source.FileRequests.Length == 1);
        var next = await Admin.StartJobAsync(Chain.Middle, Source.Address);
        _release.SetResult();
        Assert.That((await Admin.JobEndAsync(job)).ErrorOf(), Is.Empty);
        Assert.That((await Admin.JobEndAsync(next)).ErrorOf(), Is.Empty);
        await AssertIsCopyAsync(Chain.Middle);
    }

    [Test]
    public async Task A_running_job_is_listed_by_its_task_and_state()
    {
        var job = await Admin.StartJobAsync(Chain.Base, _source.Address);
        await Eventually.TrueAsync(() => _source.FileRequests.Length == 1);
        var listed = await JobsAsync(Chain.Base, "task=import-remote-image&execution=running");
        Assert.That(listed.Json.EnumerateArray().Single().GetProperty("uuid").GetString(), Is.EqualTo(job));
    }

    [TestCase("task=create-from-vm")]
    [TestCase("execution=failed")]
    public async Task A_running_job_is_not_listed_by_another_task_or_state(string query)
    {
        await Admin.StartJobAsync(Chain.Base, _source.Address);
        await Eventually.TrueAsync(() => _source.FileRequests.Length == 1);
        Assert.That((await JobsAsync(Chain.Base, query)).Text, Is.EqualTo("[]"));
    }

    [Test]
    public async Task A_failed_job_is_listed_although_its_image_was_removed()
    {
        await FailAsync();
        Assert.That((await JobsAsync(Chain.Base, "execution=failed")).Json.GetArrayLength(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_failed_job_of_an_existing_image_is_listed()
    {
        await ImportBaseWithoutFileAsync();
        await FailAsync();
        Assert.That((await JobsAsync(Chain.Base, "execution=failed")).Json.GetArrayLength(), Is.EqualTo(1));
    }

    [Test]
    public async Task An_account_does_not_find_the_failed_job_of_an_image_that_was_removed()
    {
        await FailAsync();
        Assert.That((int)(await Admin.GetAnswerAsync($"/images/{Chain.Base}/jobs?account={Account}")).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task An_unknown_job_is_not_found()
    {
        var uuid = Uuid.New();
        AssertRefused(await Admin.GetAnswerAsync($"/jobs/{uuid}"), 404, "ResourceNotFound", $"job {uuid} not found");
    }

    [Test]
    public async Task A_job_with_an_invalid_uuid_is_not_found() =>
        AssertRefused(await Admin.GetAnswerAsync("/jobs/xx"), 404, "ResourceNotFound", "/jobs/xx does not exist");

    [Test]
    public async Task The_jobs_of_an_unknown_image_are_not_found()
    {
        var uuid = Uuid.New();
        AssertRefused(await Admin.GetAnswerAsync($"/images/{uuid}/jobs"), 404, "ResourceNotFound", $"image {uuid} not found");
    }

    [TestCase("images.example.com", null, "http://images.example.com")]
    [TestCase("[::1]:8080", "http", "http://[::1]:8080")]
    [TestCase("a_b.example:1", "ftp", "http://a_b.example:1")]
    [TestCase("images.example.com", "https", "https://images.example.com")]
    public async Task The_address_of_the_jobs_is_the_address_that_the_caller_used(string host, string? scheme, string expected)
    {
        var answer = await Admin.PostAnswerAsync(
            $"/images/{Chain.Base}?action=import-remote&source={Uri.EscapeDataString(Source.Address.ToString())}", null, [("Host", host), .. scheme is null ? [] : new[] { ("X-Forwarded-Proto", scheme) }]);
        Assert.That(answer.Header("workflow-api"), Is.EqualTo(expected));
        await Admin.JobEndAsync(answer.Json.GetProperty("job_uuid").GetString()!);
    }

    private async Task FailAsync()
    {
        await using var source = SourceOfFiles(exchange => exchange.SendAsync("404 Not Found"));
        await Admin.JobEndAsync(await Admin.StartJobAsync(Chain.Base, source.Address));
    }
}
