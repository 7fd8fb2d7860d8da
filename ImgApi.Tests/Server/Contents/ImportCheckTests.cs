using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Contents;

/// <summary>The content check of files that come from another server.</summary>
[TestFixture]
internal sealed class ImportCheckTests
{
    private const string Incremental = "the stream is incremental, but the image has no origin";

    private TestServer _source = null!;
    private string _uuid = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _source = await TestServer.StartAsync();
        _uuid = await _source.Admin.CreateAsync();
        await _source.Admin.UploadAsync(_uuid, StreamFiles.Xz("fs-incr"), "compression=xz");
        await _source.Admin.ActAsync(_uuid, "activate");
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _source.DisposeAsync();

    private static Task<TestServer> StartAsync(ContentCheck check) => TestServer.StartAsync(
        configure: configuration => configuration with { Rules = configuration.Rules with { ContentCheck = check } });

    private async Task<Answer> ImportAsync(TestServer server, string more = "")
    {
        var started = await server.Admin.ImportRemoteAsync(_uuid, _source.Address, more);
        return await server.Admin.JobEndAsync(started.Json.GetProperty("job_uuid").GetString()!);
    }

    [Test]
    public async Task A_job_reports_a_finding_as_a_warning()
    {
        await using var server = await StartAsync(ContentCheck.Warn);
        var job = await ImportAsync(server);
        Assert.That(job.ErrorOf(), Is.Empty);
        Assert.That(job.Text, Does.Contain($"bytes; warning: {Incremental}"));
    }

    [Test]
    public async Task A_job_fails_for_a_finding_and_removes_the_image()
    {
        await using var server = await StartAsync(ContentCheck.Refuse);
        Assert.That((await ImportAsync(server)).ErrorOf(), Does.StartWith($"ContentCheckFailed: {Incremental}"));
        Assert.That((int)(await server.Admin.GetAnswerAsync($"/images/{_uuid}")).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task Force_makes_a_job_succeed_despite_a_finding()
    {
        await using var server = await StartAsync(ContentCheck.Refuse);
        Assert.That((await ImportAsync(server, "&force=true")).ErrorOf(), Is.Empty);
        Assert.That((await server.Admin.GetAnswerAsync($"/images/{_uuid}")).Json.GetProperty("state").GetString(), Is.EqualTo("active"));
    }

    [Test]
    public async Task Refuse_refuses_a_file_from_a_source()
    {
        await using var server = await StartAsync(ContentCheck.Refuse);
        await server.Admin.ImportFromAsync(_uuid, _source.Address);
        var refused = await server.Admin.FileFromAsync(_uuid, _source.Address);
        Assert.That(((int)refused.Status, refused.Code), Is.EqualTo((422, "ContentCheckFailed")));
    }

    [Test]
    public async Task Force_makes_a_refused_file_from_a_source_a_warning()
    {
        await using var server = await StartAsync(ContentCheck.Refuse);
        await server.Admin.ImportFromAsync(_uuid, _source.Address);
        var forced = await server.Admin.FileFromAsync(_uuid, _source.Address, "&force=true");
        Assert.That(forced.Header("Warning"), Is.EqualTo($"299 imgapi \"{Incremental}\""));
    }
}
