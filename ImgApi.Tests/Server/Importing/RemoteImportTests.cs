using ImgApi.Tests.Specification;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Importing;

/// <summary>AdminImportRemoteImage and its jobs (contract 5.19, 5.29).</summary>
[TestFixture]
[Category("Slow")]
internal sealed class RemoteImportTests : ImportFixture
{
    private const string Account = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa";
    private const int Cut = 100_000;

    [Test]
    [Check(161)]
    public async Task A_remote_import_fetches_a_whole_chain_in_one_job()
    {
        AssertRefused(await Admin.ImportRemoteAsync(Chain.Top, ""), 422, "ValidationFailed", "missing source parameter");
        AssertRefused(await Admin.ImportRemoteAsync(Chain.Top, "x", $"&account={Account}&skip_owner_check=x"), 403, "OperatorOnly");
        AssertRefused(await Admin.ImportRemoteAsync(Chain.Top, "x", "&skip_owner_check=x"), 422, "InvalidParameter");
        AssertRefused(await Admin.ImportRemoteAsync(Chain.Top, "x"), 503, "RemoteSourceError");
        Assert.That((int)(await Server.Anonymous.ImportRemoteAsync(Chain.Top, Source.Address)).Status, Is.EqualTo(401));

        var started = await Admin.ImportRemoteAsync(Chain.Top, Source.Address);
        AssertOk(started);
        Assert.That(started.Keys, Is.EqualTo(new[] { "image_uuid", "job_uuid" }));
        Assert.That(started.Json.GetProperty("image_uuid").GetString(), Is.EqualTo(Chain.Top));
        Assert.That(started.Header("workflow-api"), Is.EqualTo(Server.Address.ToString().TrimEnd('/')));

        var job = await Server.Anonymous.JobEndAsync(started.Json.GetProperty("job_uuid").GetString()!);
        Assert.That(job.Json.GetProperty("execution").GetString(), Is.EqualTo("succeeded"), job.Text);
        Assert.That(job.Json.GetProperty("chain_results").GetArrayLength(), Is.EqualTo(9));
        Assert.That(job.ErrorOf(), Is.Empty);
        Assert.That(job.Json.GetProperty("params").GetProperty("images").EnumerateArray().Select(uuid => uuid.GetString()), Is.EqualTo(Chain.All));
        foreach (var uuid in Chain.All)
        {
            await AssertIsCopyAsync(uuid);
        }

        AssertRefused(
            await Admin.ImportRemoteAsync(Chain.Top, "http://127.0.0.1:1"), 409, "ImageUuidAlreadyExists", $"image uuid \"{Chain.Top}\" already exists");
    }

    [Test]
    public async Task What_is_here_is_not_fetched_again()
    {
        await Admin.JobEndAsync(await Admin.StartJobAsync(Chain.Middle, Source.Address));
        await using var line = new ScriptedServer(exchange => exchange.ForwardAsync(Source.Address));
        var job = await Admin.JobEndAsync(await Admin.StartJobAsync(Chain.Top, line.Address));
        Assert.That(job.ErrorOf(), Is.Empty);
        Assert.That(line.FileRequests.Select(request => request.Target), Is.EqualTo(new[] { $"/images/{Chain.Top}/file" }));
    }

    [Test]
    public async Task An_image_that_was_left_unfinished_is_finished()
    {
        await Admin.ImportFromAsync(Chain.Base, Source.Address);
        var withFile = await Admin.JobEndAsync(await Admin.StartJobAsync(Chain.Base, Source.Address));
        Assert.That(withFile.ErrorOf(), Is.Empty);
        await Admin.ImportFromAsync(Chain.Middle, Source.Address);
        await Admin.FileFromAsync(Chain.Middle, Source.Address);
        await Admin.ImportFromAsync(Chain.Top, Source.Address);
        await Admin.UploadAsync(Chain.Top, [1, 2, 3]);
        await using var line = new ScriptedServer(exchange => exchange.ForwardAsync(Source.Address));
        Assert.That((await Admin.JobEndAsync(await Admin.StartJobAsync(Chain.Middle, line.Address))).ErrorOf(), Is.Empty);
        Assert.That(line.FileRequests, Is.Empty, "the right file is here");
        Assert.That((await Admin.JobEndAsync(await Admin.StartJobAsync(Chain.Top, line.Address))).ErrorOf(), Is.Empty);
        Assert.That(line.FileRequests, Has.Length.EqualTo(1), "the wrong file is replaced");
        foreach (var uuid in Chain.All)
        {
            await AssertIsCopyAsync(uuid);
        }
    }

    [Test]
    public async Task A_running_job_is_answered_again_and_shows_how_far_it_is()
    {
        var goOn = new TaskCompletionSource();
        await using var line = new ScriptedServer(exchange => exchange.ForwardAsync(
            Source.Address, exchange.IsForFile ? Cut : null, exchange.IsForFile ? goOn.Task : null));
        var url = $"http://{TestServer.User}:{TestServer.Password}@{line.Address.Authority}";
        var job = await Admin.StartJobAsync(Chain.Base, url);
        Answer running;
        do
        {
            running = await Admin.GetAnswerAsync($"/jobs/{job}");
        }
        while (!running.Text.Contains("\"received\": 100000", StringComparison.Ordinal));
        Assert.Multiple(() =>
        {
            Assert.That(running.Json.GetProperty("execution").GetString(), Is.EqualTo("running"));
            Assert.That(running.Json.GetProperty("params").GetProperty("source").GetString(), Is.EqualTo($"http://{line.Address.Authority}"));
            Assert.That(running.Json.GetProperty("params").GetProperty("download").GetProperty("size").GetInt64(), Is.EqualTo(ImageChain.FileSize));
            Assert.That(running.Text, Does.Not.Contain("secret"));
        });
        Assert.That(await Admin.StartJobAsync(Chain.Base, "http://127.0.0.1:1"), Is.EqualTo(job));
        var listed = await Server.Anonymous.GetAnswerAsync($"/images/{Chain.Base}/jobs?task=import-remote-image&execution=running");
        Assert.That(listed.Json.EnumerateArray().Single().GetProperty("uuid").GetString(), Is.EqualTo(job));
        Assert.That((await Server.Anonymous.GetAnswerAsync($"/images/{Chain.Base}/jobs?task=create-from-vm")).Text, Is.EqualTo("[]"));
        Assert.That((await Server.Anonymous.GetAnswerAsync($"/images/{Chain.Base}/jobs?execution=failed")).Text, Is.EqualTo("[]"));

        var middle = await Admin.StartJobAsync(Chain.Middle, Source.Address);
        goOn.SetResult();
        Assert.That((await Admin.JobEndAsync(job)).ErrorOf(), Is.Empty);
        Assert.That((await Admin.JobEndAsync(middle)).ErrorOf(), Is.Empty, "a job may build on what another one is making");
        await AssertIsCopyAsync(Chain.Middle);
    }

    [Test]
    public async Task Many_imports_of_one_image_at_once_have_one_result()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Admin.ImportRemoteAsync(i % 2 == 0 ? Chain.Top : Chain.Middle, Source.Address)));
        var jobs = answers.Where(answer => (int)answer.Status == 200).Select(answer => answer.Json.GetProperty("job_uuid").GetString()!).Distinct().ToArray();
        Assert.That(answers.Select(answer => (int)answer.Status), Is.All.EqualTo(200).Or.EqualTo(409));
        foreach (var job in jobs)
        {
            Assert.That((await Admin.JobEndAsync(job)).ErrorOf(), Is.Empty);
        }

        foreach (var uuid in Chain.All)
        {
            await AssertIsCopyAsync(uuid);
            Assert.That(Directory.GetFiles(Path.Combine(Server.DataFolder, uuid)), Has.Length.EqualTo(2));
        }
    }

    [Test]
    public async Task A_failed_job_takes_back_what_it_made_and_did_not_finish()
    {
        await using var line = new ScriptedServer(exchange => exchange.Target.StartsWith($"/images/{Chain.Top}/file", StringComparison.Ordinal)
            ? exchange.SendAsync("200 OK", new byte[ImageChain.FileSize])
            : exchange.ForwardAsync(Source.Address));
        var job = await Admin.JobEndAsync(await Admin.StartJobAsync(Chain.Top, line.Address));
        Assert.That(job.Json.GetProperty("execution").GetString(), Is.EqualTo("failed"));
        Assert.That(job.ErrorOf(), Does.StartWith("Download: \"sha1\" file field, "));
        Assert.That(job.Text, Does.Contain($"removed again: {Chain.Top}"));
        Assert.That((int)(await Admin.GetAnswerAsync($"/images/{Chain.Top}")).Status, Is.EqualTo(404));
        Assert.That((await Admin.GetAnswerAsync($"/images/{Chain.Top}/jobs?execution=failed")).Json.GetArrayLength(), Is.EqualTo(1));
        Assert.That((int)(await Admin.GetAnswerAsync($"/images/{Chain.Top}/jobs?account={Account}")).Status, Is.EqualTo(404));
        await AssertIsCopyAsync(Chain.Middle);
        Assert.That((await Admin.JobEndAsync(await Admin.StartJobAsync(Chain.Top, Source.Address))).ErrorOf(), Is.Empty, "a second try works");
    }

    [Test]
    public async Task A_failed_job_leaves_what_others_made()
    {
        await Admin.ImportFromAsync(Chain.Base, Source.Address);
        await using var line = new ScriptedServer(exchange => exchange.IsForFile
            ? exchange.SendAsync("404 Not Found")
            : exchange.ForwardAsync(Source.Address));
        var job = await Admin.JobEndAsync(await Admin.StartJobAsync(Chain.Base, line.Address));
        Assert.That(job.ErrorOf(), Is.EqualTo($"RemoteSourceError: Unable to get stream for image file {Chain.Base}. Error from remote: HTTP 404"));
        AssertOk(await Admin.GetAnswerAsync($"/images/{Chain.Base}"));
        var listed = await Admin.GetAnswerAsync($"/images/{Chain.Base}/jobs?execution=failed");
        Assert.That(listed.Json.GetArrayLength(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_source_that_cannot_go_on_in_the_middle_is_begun_anew()
    {
        var files = 0;
        await using var line = new ScriptedServer(exchange => exchange.ForwardAsync(
            Source.Address, exchange.IsForFile && ++files == 1 ? Cut : null, dropRange: true));
        var job = await Admin.JobEndAsync(await Admin.StartJobAsync(Chain.Base, line.Address));
        Assert.That(job.ErrorOf(), Is.Empty, job.Text);
        await AssertIsCopyAsync(Chain.Base);
    }

    [Test]
    public async Task Origins_must_be_active_there_and_here()
    {
        await Source.Admin.ActAsync(Chain.Middle, "disable");
        AssertRefused(
            await Admin.ImportRemoteAsync(Chain.Top, Source.Address), 422, "OriginIsNotActive", $"origin image \"{Chain.Middle}\" is not active");
        await Source.Admin.ActAsync(Chain.Middle, "enable");
        await Admin.ImportFromAsync(Chain.Base, Source.Address);
        AssertRefused(
            await Admin.ImportRemoteAsync(Chain.Top, Source.Address), 422, "OriginIsNotActive", $"origin image \"{Chain.Base}\" is not active");
    }

    [Test]
    public async Task Chains_without_an_end_are_refused()
    {
        var endless = false;
        await using var source = new ScriptedServer(exchange =>
        {
            var uuid = exchange.Target.Split('/')[2];
            var origin = endless ? Uuid.New().ToString() : uuid == Chain.Top ? Chain.Base : Chain.Top;
            return exchange.SendJsonAsync(ManifestOf(uuid, $",\"origin\":\"{origin}\""));
        });
        AssertRefused(
            await Admin.ImportRemoteAsync(Chain.Top, source.Address), 503, "RemoteSourceError",
            $"the origins of image {Chain.Top} at the source form a circle");
        endless = true;
        AssertRefused(
            await Admin.ImportRemoteAsync(Chain.Top, source.Address), 503, "RemoteSourceError",
            $"the chain of origins of image {Chain.Top} at the source is longer than 64 images");
        Assert.That(source.Requests, Has.Count.LessThan(70));
    }

    [TestCase(",\"origin\":5", 503, "Unable to get manifest for image {0}. Error from remote: the manifest's origin is not a UUID")]
    [TestCase(",\"origin\":\"../../etc\"", 503, "Unable to get manifest for image {0}. Error from remote: the manifest's origin is not a UUID")]
    public async Task A_bad_origin_is_a_remote_error(string more, int status, string message)
    {
        await using var source = new ScriptedServer(exchange => exchange.SendJsonAsync(ManifestOf(Chain.Top, more)));
        AssertRefused(await Admin.ImportRemoteAsync(Chain.Top, source.Address), status, "RemoteSourceError", string.Format(null, message, Chain.Top));
    }

    [Test]
    public async Task An_unknown_job_is_not_found()
    {
        var uuid = Uuid.New();
        AssertRefused(await Admin.GetAnswerAsync($"/jobs/{uuid}"), 404, "ResourceNotFound", $"job {uuid} not found");
        AssertRefused(await Admin.GetAnswerAsync("/jobs/xx"), 404, "ResourceNotFound", "/jobs/xx does not exist");
        AssertRefused(await Admin.GetAnswerAsync($"/images/{uuid}/jobs"), 404, "ResourceNotFound", $"image {uuid} not found");
    }

    [TestCase("images.example.com", null, "http://images.example.com")]
    [TestCase("[::1]:8080", "http", "http://[::1]:8080")]
    [TestCase("a_b.example:1", "ftp", "http://a_b.example:1")]
    [TestCase("images.example.com", "https", "https://images.example.com")]
    public async Task The_jobs_are_where_the_caller_sees_the_server(string host, string? scheme, string expected)
    {
        var answer = await Admin.PostAnswerAsync(
            $"/images/{Chain.Base}?action=import-remote&source={Uri.EscapeDataString(Source.Address.ToString())}", null, [("Host", host), .. scheme is null ? [] : new[] { ("X-Forwarded-Proto", scheme) }]);
        Assert.That(answer.Header("workflow-api"), Is.EqualTo(expected));
        await Admin.JobEndAsync(answer.Json.GetProperty("job_uuid").GetString()!);
    }

    [Test]
    public async Task An_image_here_that_is_another_one_is_left_alone()
    {
        var manifest = Requests.Manifest(("v", 2), ("uuid", Chain.Top), ("name", "mine"));
        AssertOk(await Admin.PostAnswerAsync($"/images/{Chain.Top}?action=import", manifest));
        AssertRefused(await Admin.ImportRemoteAsync(Chain.Top, Source.Address), 409, "ImageUuidAlreadyExists");
        Assert.That((await Admin.GetAnswerAsync($"/images/{Chain.Top}")).Text, Does.Contain("\"mine\"").And.Contain("unactivated"));
    }
}
