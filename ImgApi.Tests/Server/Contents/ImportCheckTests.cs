using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Contents;

/// <summary>Files that no machine can install, from another server that has them.</summary>
[TestFixture]
internal sealed class ImportCheckTests
{
    private const string Incremental = "the stream is incremental, but the image has no origin";

    private TestServer _source = null!;
    private string _uuid = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _source = await TestServer.StartAsync();
        _uuid = await _source.Admin.CreateAsync();
        await _source.Admin.UploadAsync(_uuid, StreamFiles.Xz("fs-incr"), "compression=xz");
        await _source.Admin.ActAsync(_uuid, "activate");
    }

    [TearDown]
    public async Task StopAsync() => await _source.DisposeAsync();

    private static Task<TestServer> StartAsync(ContentCheck check) => TestServer.StartAsync(
        configure: configuration => configuration with { Rules = configuration.Rules with { ContentCheck = check } });

    private async Task<Answer> ImportAsync(TestServer server, string more = "")
    {
        var started = await server.Admin.ImportRemoteAsync(_uuid, _source.Address, more);
        return await server.Admin.JobEndAsync(started.Json.GetProperty("job_uuid").GetString()!);
    }

    [Test]
    public async Task A_job_says_what_it_took()
    {
        await using var server = await StartAsync(ContentCheck.Warn);
        var job = await ImportAsync(server);
        Assert.That(job.ErrorOf(), Is.Empty);
        Assert.That(job.Text, Does.Contain($"bytes; warning: {Incremental}"));
    }

    [Test]
    public async Task A_job_fails_where_such_files_are_refused()
    {
        await using var server = await StartAsync(ContentCheck.Refuse);
        Assert.That((await ImportAsync(server)).ErrorOf(), Does.StartWith($"ContentCheckFailed: {Incremental}"));
        Assert.That((int)(await server.Admin.GetAnswerAsync($"/images/{_uuid}")).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task A_job_that_is_forced_takes_it()
    {
        await using var server = await StartAsync(ContentCheck.Refuse);
        Assert.That((await ImportAsync(server, "&force=true")).ErrorOf(), Is.Empty);
        Assert.That((await server.Admin.GetAnswerAsync($"/images/{_uuid}")).Json.GetProperty("state").GetString(), Is.EqualTo("active"));
    }

    [Test]
    public async Task A_file_from_a_source_comes_with_a_warning_or_not_at_all()
    {
        await using var server = await StartAsync(ContentCheck.Refuse);
        await server.Admin.ImportFromAsync(_uuid, _source.Address);
        var refused = await server.Admin.FileFromAsync(_uuid, _source.Address);
        Assert.That(((int)refused.Status, refused.Code), Is.EqualTo((422, "ContentCheckFailed")));
        var forced = await server.Admin.FileFromAsync(_uuid, _source.Address, "&force=true");
        Assert.That(forced.Header("Warning"), Is.EqualTo($"299 imgapi \"{Incremental}\""));
    }
}
