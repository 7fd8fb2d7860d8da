using ImgApi.Tests.Specification;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Importing;

/// <summary>Imports of an image with its origin chain by a job (contract 5.19).</summary>
[TestFixture]
[Category("Slow")]
internal sealed class RemoteImportTests : ImportFixture
{
    [Test]
    [Check(161)]
    public async Task A_job_imports_a_whole_origin_chain()
    {
        var job = await Server.Anonymous.JobEndAsync(await Admin.StartJobAsync(Chain.Top, Source.Address));
        Assert.Multiple(() =>
        {
            Assert.That(job.Json.GetProperty("execution").GetString(), Is.EqualTo("succeeded"), job.Text);
            Assert.That(job.Json.GetProperty("chain_results").GetArrayLength(), Is.EqualTo(9));
            Assert.That(job.ErrorOf(), Is.Empty);
            Assert.That(job.Json.GetProperty("params").GetProperty("images").EnumerateArray().Select(uuid => uuid.GetString()), Is.EqualTo(Chain.All));
        });
        foreach (var uuid in Chain.All)
        {
            await AssertIsCopyAsync(uuid);
        }
    }

    [Test]
    public async Task Images_that_exist_already_are_not_imported_again()
    {
        await Admin.JobEndAsync(await Admin.StartJobAsync(Chain.Middle, Source.Address));
        await using var source = SourceOfFiles(exchange => exchange.ForwardAsync(Source.Address));
        var job = await Admin.JobEndAsync(await Admin.StartJobAsync(Chain.Top, source.Address));
        Assert.That(job.ErrorOf(), Is.Empty);
        Assert.That(source.FileRequests.Select(request => request.Target), Is.EqualTo(new[] { $"/images/{Chain.Top}/file" }));
    }

    [Test]
    public async Task An_image_without_file_is_completed()
    {
        await ImportBaseWithoutFileAsync();
        Assert.That((await Admin.JobEndAsync(await Admin.StartJobAsync(Chain.Base, Source.Address))).ErrorOf(), Is.Empty);
        await AssertIsCopyAsync(Chain.Base);
    }

    [Test]
    public async Task An_unactivated_image_with_the_right_file_is_activated_without_a_download()
    {
        await ImportBaseWithoutFileAsync();
        await Admin.FileFromAsync(Chain.Base, Source.Address);
        await using var source = SourceOfFiles(exchange => exchange.ForwardAsync(Source.Address));
        Assert.That((await Admin.JobEndAsync(await Admin.StartJobAsync(Chain.Base, source.Address))).ErrorOf(), Is.Empty);
        Assert.That(source.FileRequests, Is.Empty);
        await AssertIsCopyAsync(Chain.Base);
    }

    [Test]
    public async Task The_wrong_file_of_an_unactivated_image_is_replaced()
    {
        await ImportBaseWithoutFileAsync();
        await Admin.UploadAsync(Chain.Base, [1, 2, 3]);
        await using var source = SourceOfFiles(exchange => exchange.ForwardAsync(Source.Address));
        Assert.That((await Admin.JobEndAsync(await Admin.StartJobAsync(Chain.Base, source.Address))).ErrorOf(), Is.Empty);
        Assert.That(source.FileRequests, Has.Length.EqualTo(1));
        await AssertIsCopyAsync(Chain.Base);
    }

    [Test]
    public async Task Simultaneous_imports_of_the_same_images_import_each_of_them_once()
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
    public async Task A_failed_job_removes_the_image_that_it_did_not_finish()
    {
        await using var source = SourceWithBrokenTop();
        var job = await Admin.JobEndAsync(await Admin.StartJobAsync(Chain.Top, source.Address));
        Assert.That((int)(await Admin.GetAnswerAsync($"/images/{Chain.Top}")).Status, Is.EqualTo(404));
        Assert.That(job.Text, Does.Contain($"removed again: {Chain.Top}"));
    }

    [Test]
    public async Task A_failed_job_reports_its_error()
    {
        await using var source = SourceWithBrokenTop();
        var job = await Admin.JobEndAsync(await Admin.StartJobAsync(Chain.Top, source.Address));
        Assert.That(job.Json.GetProperty("execution").GetString(), Is.EqualTo("failed"));
        Assert.That(job.ErrorOf(), Does.StartWith("Download: \"sha1\" file field, "));
    }

    [Test]
    public async Task A_failed_job_keeps_the_images_that_it_finished()
    {
        await using var source = SourceWithBrokenTop();
        await Admin.JobEndAsync(await Admin.StartJobAsync(Chain.Top, source.Address));
        await AssertIsCopyAsync(Chain.Middle);
    }

    [Test]
    public async Task A_failed_import_can_be_repeated()
    {
        await using var source = SourceWithBrokenTop();
        await Admin.JobEndAsync(await Admin.StartJobAsync(Chain.Top, source.Address));
        Assert.That((await Admin.JobEndAsync(await Admin.StartJobAsync(Chain.Top, Source.Address))).ErrorOf(), Is.Empty);
    }

    [Test]
    public async Task A_failed_job_keeps_an_image_that_it_did_not_create()
    {
        await ImportBaseWithoutFileAsync();
        await using var source = SourceOfFiles(exchange => exchange.SendAsync("404 Not Found"));
        var job = await Admin.JobEndAsync(await Admin.StartJobAsync(Chain.Base, source.Address));
        Assert.That(job.ErrorOf(), Is.EqualTo($"RemoteSourceError: Unable to get stream for image file {Chain.Base}. Error from remote: HTTP 404"));
        AssertOk(await Admin.GetAnswerAsync($"/images/{Chain.Base}"));
    }

    /// <summary>A source that sends wrong bytes as the file of the chain's last image.</summary>
    private ScriptedServer SourceWithBrokenTop() => SourceOfFiles(exchange => exchange.Target.Contains(Chain.Top, StringComparison.Ordinal)
        ? exchange.SendAsync("200 OK", new byte[ImageChain.FileSize])
        : exchange.ForwardAsync(Source.Address));
}
