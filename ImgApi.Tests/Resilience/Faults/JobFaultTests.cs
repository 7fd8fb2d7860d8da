using System.Net;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Resilience.Faults;

/// <summary>The disk fails while a job is created or ended.</summary>
[TestFixture]
[Category("Crash")]
[Category("Slow")]
internal sealed class JobFaultTests
{
    private TemporaryFolder _folder = null!;
    private ServerProcess _server = null!;
    private TestServer _source = null!;
    private string _image = null!;

    private HttpClient Admin => _server.Admin;

    private string Jobs => _folder.Combine("data", ".imgapi-jobs");

    [SetUp]
    public async Task StartAsync()
    {
        Tools.Require("strace", "strace");
        _folder = new TemporaryFolder();
        _source = await TestServer.StartAsync();
        _image = await _source.Admin.PublishAsync();
        Directory.CreateDirectory(Jobs);
        _server = await ServerProcess.StartOnAsync(_folder.Combine("data"));
    }

    [TearDown]
    public async Task StopAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
            await _source.DisposeAsync();
        }

        _folder?.Dispose();
    }

    [Test]
    public async Task A_job_that_could_not_be_written_is_not_started_by_the_next_start()
    {
        await using (await Strace.InjectAsync(_server, "rename:error=EROFS", "unlink:error=EROFS"))
        {
            await ExpectRefusalAsync();
        }

        await ExpectNoJobAsync();
    }

    [Test]
    public async Task The_deletion_of_an_image_whose_job_cannot_be_ended_is_refused_and_the_job_can_be_canceled_later()
    {
        var release = new TaskCompletionSource();
        await using var proxy = new ScriptedServer(exchange =>
        {
            var isHeld = exchange.Target.EndsWith("/file", StringComparison.Ordinal);
            return exchange.ForwardAsync(_source.Address, isHeld ? 1 : null, isHeld ? release.Task : null);
        });
        var job = await Admin.StartJobAsync(_image, proxy.Address);
        await Eventually.TrueAsync(() => proxy.FileRequests.Length == 1);
        await using (await Strace.FailAsync(_server, "fsync", "EIO", Jobs))
        {
            Assert.That((await Admin.DeleteAnswerAsync($"/images/{_image}")).Status, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        }

        var answer = await Admin.DeleteAnswerAsync($"/jobs/{job}");
        release.SetResult();
        Assert.That((answer.Status, answer.Json.GetProperty("execution").GetString()), Is.EqualTo((HttpStatusCode.OK, "canceled")));
    }

    [Test]
    public async Task A_job_that_could_not_be_flushed_is_not_started_by_the_next_start()
    {
        await using (await Strace.FailAsync(_server, "fsync", "EIO", Jobs))
        {
            await ExpectRefusalAsync();
        }

        await ExpectNoJobAsync();
    }

    private async Task ExpectRefusalAsync()
    {
        var answer = await Admin.ImportRemoteAsync(_image, _source.Address);
        Assert.That((answer.Status, answer.Code), Is.EqualTo((HttpStatusCode.ServiceUnavailable, "StorageIsDown")));
    }

    private async Task ExpectNoJobAsync()
    {
        await _server.DisposeAsync();
        _server = await ServerProcess.StartOnAsync(_folder.Combine("data"));
        Assert.That(_server.Log, Has.None.Contains("Unfinished work"));
        Assert.That(Directory.GetFiles(Jobs), Is.Empty);
    }
}
