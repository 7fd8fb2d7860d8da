using ImgApi.Api.Configuration;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Importing;

/// <summary><c>/jobs/UUID</c> needs neither credentials nor the path prefix, because clients that wait for a job send neither. The UUID is the secret.</summary>
[TestFixture(ReadAccess.Private, null)]
[TestFixture(ReadAccess.All, null)]
[TestFixture(ReadAccess.Open, "/prefix/")]
[TestFixture(ReadAccess.All, "/prefix/")]
internal sealed class JobStateTests(ReadAccess access, string? prefix) : ImportFixture
{
    private string Prefix => prefix?.TrimEnd('/') ?? "";

    protected override ServerConfiguration Configure(ServerConfiguration configuration) =>
        WithShortWaits(configuration) with { ReadAccess = access, PathBase = prefix };

    private async Task<string> StartAsync(object source)
    {
        var answer = await Admin.PostAnswerAsync($"{Prefix}/images/{Chain.Base}?action=import-remote&source={Uri.EscapeDataString($"{source}")}");
        AssertOk(answer);
        return answer.Json.GetProperty("job_uuid").GetString()!;
    }

    /// <summary>The job after its end, as a stranger sees it.</summary>
    private Task<Answer> EndAsync(string job) => Server.Anonymous.JobEndAsync(job);

    private ScriptedServer SourceWithSecretError() => SourceOfFiles(exchange =>
        exchange.SendAsync("404 Not Found", $$"""{"code":"ResourceNotFound","message":"secret of {{Chain.Base}}"}"""));

    private void AssertNoSecret(Answer job, Uri source) =>
        Assert.That(job.Text, Does.Not.Contain(Chain.Base).And.Not.Contain(source.Authority).And.Not.Contain("secret").And.Not.Contain("prefix"));

    [Test]
    public async Task A_stranger_sees_that_a_job_succeeded_and_no_secret()
    {
        var job = await EndAsync(await StartAsync($"http://{TestServer.User}:{TestServer.Password}@{Source.Address.Authority}"));
        Assert.That(job.Json.GetProperty("execution").GetString(), Is.EqualTo("succeeded"));
        Assert.That(job.ErrorOf(), Is.Empty);
        AssertNoSecret(job, Source.Address);
    }

    [Test]
    public async Task A_stranger_sees_that_a_job_failed_and_no_secret()
    {
        await using var source = SourceWithSecretError();
        var job = await EndAsync(await StartAsync(source.Address));
        Assert.That(job.Json.GetProperty("execution").GetString(), Is.EqualTo("failed"));
        Assert.That(job.ErrorOf(), Does.StartWith("RemoteSourceError: ").And.Contains("credentials"));
        AssertNoSecret(job, source.Address);
    }

    [Test]
    public async Task Callers_with_credentials_see_the_whole_error_of_a_failed_job()
    {
        await using var source = SourceWithSecretError();
        var job = await EndAsync(await StartAsync(source.Address));
        Assert.That((await Admin.GetAnswerAsync($"{Prefix}/jobs/{job.Uuid}")).ErrorOf(), Does.Contain(Chain.Base));
    }

    [TestCase("/jobs/{unknown}")]
    [TestCase("/jobs/{job}/x")]
    [TestCase("/jobs/")]
    [TestCase("/job/{job}")]
    public async Task Other_paths_below_jobs_do_not_exist(string path)
    {
        var job = await StartAsync(Source.Address);
        await EndAsync(job);
        var url = path.Replace("{job}", job, StringComparison.Ordinal).Replace("{unknown}", Uuid.New().ToString(), StringComparison.Ordinal);
        AssertRefused(await Server.Anonymous.GetAnswerAsync(url), 404, "ResourceNotFound", prefix is null && path == "/jobs/{unknown}" ? null : $"{url} does not exist");
    }

    [Test]
    public async Task A_read_of_a_job_with_wrong_credentials_is_refused_unless_reads_are_open()
    {
        var job = await StartAsync(Source.Address);
        await EndAsync(job);
        var answer = await Server.Anonymous.GetAnswerAsync($"/jobs/{job}", ("Authorization", TestServer.Basic("admin", "wrong").ToString()));
        Assert.That((int)answer.Status, Is.EqualTo(access == ReadAccess.Open ? 200 : 401));
    }
}
