using ImgApi.Api.Configuration;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Importing;

/// <summary>Clients that wait for a job send no credentials and drop the path prefix: its state is for those who know its uuid.</summary>
[TestFixture(ReadAccess.Private, null)]
[TestFixture(ReadAccess.All, null)]
[TestFixture(ReadAccess.Open, "/prefix/")]
[TestFixture(ReadAccess.All, "/prefix/")]
internal sealed class JobStateTests(ReadAccess access, string? prefix) : ImportFixture
{
    private string Prefix => prefix?.TrimEnd('/') ?? "";

    protected override ServerConfiguration Configure(ServerConfiguration configuration) =>
        Impatient(configuration) with { ReadAccess = access, PathBase = prefix };

    private async Task<string> StartAsync(object source)
    {
        var answer = await Admin.PostAnswerAsync($"{Prefix}/images/{Chain.Base}?action=import-remote&source={Uri.EscapeDataString($"{source}")}");
        AssertOk(answer);
        return answer.Json.GetProperty("job_uuid").GetString()!;
    }

    private async Task<Answer> EndAsync(string job)
    {
        var answer = await Server.Anonymous.GetAnswerAsync($"/jobs/{job}");
        while (answer.Json.GetProperty("execution").GetString() is "queued" or "running")
        {
            answer = await Server.Anonymous.GetAnswerAsync($"/jobs/{job}");
        }

        return answer;
    }

    private void AssertNoSecret(Answer job, Uri source) =>
        Assert.That(job.Text, Does.Not.Contain(Chain.Base).And.Not.Contain(source.Authority).And.Not.Contain("secret").And.Not.Contain("prefix"));

    [Test]
    public async Task A_success_is_seen_and_no_secret()
    {
        var job = await EndAsync(await StartAsync($"http://{TestServer.User}:{TestServer.Password}@{Source.Address.Authority}"));
        Assert.That(job.Json.GetProperty("execution").GetString(), Is.EqualTo("succeeded"));
        Assert.That(job.ErrorOf(), Is.Empty);
        AssertNoSecret(job, Source.Address);
    }

    [Test]
    public async Task A_failure_is_seen_and_no_secret()
    {
        await using var source = new ScriptedServer(exchange => exchange.IsForFile
            ? exchange.SendAsync("404 Not Found", $$"""{"code":"ResourceNotFound","message":"secret of {{Chain.Base}}"}""")
            : exchange.ForwardAsync(Source.Address));
        var job = await EndAsync(await StartAsync(source.Address));
        Assert.That(job.Json.GetProperty("execution").GetString(), Is.EqualTo("failed"));
        Assert.That(job.ErrorOf(), Does.StartWith("RemoteSourceError: ").And.Contains("credentials"));
        AssertNoSecret(job, source.Address);
        var whole = await Admin.GetAnswerAsync($"{Prefix}/jobs/{job.Uuid}");
        Assert.That(whole.ErrorOf(), Does.Contain(Chain.Base));
    }

    [TestCase("/jobs/{unknown}")]
    [TestCase("/jobs/{job}/x")]
    [TestCase("/jobs/")]
    [TestCase("/job/{job}")]
    public async Task Nothing_else_is_there(string path)
    {
        var job = await StartAsync(Source.Address);
        await EndAsync(job);
        var url = path.Replace("{job}", job, StringComparison.Ordinal).Replace("{unknown}", Uuid.New().ToString(), StringComparison.Ordinal);
        AssertRefused(await Server.Anonymous.GetAnswerAsync(url), 404, "ResourceNotFound", prefix is null && path == "/jobs/{unknown}" ? null : $"{url} does not exist");
    }

    [Test]
    public async Task Wrong_credentials_are_not_overlooked()
    {
        var job = await StartAsync(Source.Address);
        await EndAsync(job);
        var answer = await Server.Anonymous.GetAnswerAsync($"/jobs/{job}", ("Authorization", TestServer.Basic("admin", "wrong").ToString()));
        Assert.That((int)answer.Status, Is.EqualTo(access == ReadAccess.Open ? 200 : 401));
    }
}
