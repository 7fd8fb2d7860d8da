using System.Net;
using ImgApi.Api.Authentication;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Monitoring;

/// <summary>The figures of <c>/metrics</c> about requests, images, jobs and credentials.</summary>
[TestFixture]
internal sealed class MetricsTests
{
    private TestServer _server = null!;

    [SetUp]
    public async Task StartAsync() => _server = await TestServer.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    private async Task<string> MetricsAsync() => (await _server.Anonymous.GetAnswerAsync("/metrics")).Text;

    /// <summary>A request is counted after its answer was sent, so that the next one may come before.</summary>
    private Task AwaitAsync(string line) =>
        Eventually.TrueAsync(async () => (await MetricsAsync()).Contains($"\n{line}\n", StringComparison.Ordinal));

    private static string Requests(string method, int status, string route) =>
        $"http_server_request_duration_seconds_count{{http_request_method=\"{method}\",http_response_status_code=\"{status}\"{route}}} 1";

    [Test]
    public async Task Requests_are_counted_by_method_status_and_route()
    {
        await _server.Admin.UploadAsync(await _server.Admin.CreateAsync());
        await AwaitAsync(Requests("PUT", 200, ",http_route=\"images/{uuid}/file\""));
    }

    [Test]
    public async Task Requests_that_are_answered_from_a_cache_have_a_route()
    {
        var uuid = await _server.Admin.PublishAsync();
        await _server.Anonymous.GetAnswerAsync($"/images/{uuid}");
        await _server.Anonymous.GetAnswerAsync("/ping");
        await AwaitAsync(Requests("GET", 200, ",http_route=\"images/{uuid}\""));
        await AwaitAsync(Requests("GET", 200, ",http_route=\"ping\""));
    }

    [Test]
    public async Task Clients_cannot_create_labels()
    {
        using var odd = new HttpRequestMessage(new HttpMethod("FROBNICATE"), "/frobnicate");
        await _server.Anonymous.SendAsync(odd);
        await _server.Anonymous.GetAnswerAsync("/frobnicate");
        await AwaitAsync(Requests("GET", 404, ""));
        Assert.That(await MetricsAsync(), Does.Not.Contain("frobnicate").IgnoreCase);
    }

    [Test]
    public async Task Images_are_counted_by_state_with_their_bytes()
    {
        await _server.Admin.PublishAsync();
        await _server.Admin.CreateAsync();
        Assert.That(await MetricsAsync(), Does.Contain("imgapi_images{state=\"active\"} 1").And.Contain("imgapi_images{state=\"unactivated\"} 1")
            .And.Contain("imgapi_images{state=\"disabled\"} 0").And.Contain("imgapi_stored_bytes{} 4\n"));
    }

    [Test]
    public async Task Open_uploads_are_counted_until_they_are_finished()
    {
        var upload = await ResumableUpload.BeginAsync(_server.Admin, await _server.Admin.CreateAsync(), 4);
        var during = await MetricsAsync();
        await upload.AppendAsync(0, [1, 2, 3, 4]);
        Assert.That(during, Does.Contain("imgapi_uploads_open{} 1"));
        Assert.That(await MetricsAsync(), Does.Contain("imgapi_uploads_open{} 0"));
    }

    [Test]
    public async Task Jobs_are_counted_by_state()
    {
        await using var source = await TestServer.StartAsync();
        await _server.Admin.JobEndAsync(await _server.Admin.StartJobAsync(await source.Admin.PublishAsync(), source.Address));
        Assert.That(await MetricsAsync(), Does.Contain("imgapi_jobs{state=\"succeeded\"} 1").And.Contain("imgapi_jobs{state=\"queued\"} 0"));
    }

    [Test]
    public async Task Refused_credentials_are_counted_and_throttled_ones_apart()
    {
        using var guesser = new HttpClient { BaseAddress = _server.Address, DefaultRequestHeaders = { Authorization = TestServer.Basic(TestServer.User, "wrong") } };
        for (var i = 0; i < AttemptLimiter.Burst; i++)
        {
            Assert.That((await guesser.GetAnswerAsync("/state")).Status, Is.EqualTo(HttpStatusCode.Unauthorized));
        }

        Assert.That((await guesser.GetAnswerAsync("/state")).Status, Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That(await MetricsAsync(), Does.Contain($"imgapi_refused_credentials_total{{reason=\"wrong\"}} {AttemptLimiter.Burst}")
            .And.Contain("imgapi_refused_credentials_total{reason=\"throttled\"} 1"));
    }

    [Test]
    public async Task A_request_without_credentials_is_no_refused_one()
    {
        Assert.That((await _server.Anonymous.GetAnswerAsync("/state")).Status, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(await MetricsAsync(), Does.Contain("imgapi_refused_credentials_total{reason=\"wrong\"} 0"));
    }

    [Test]
    public async Task Two_servers_in_one_process_have_their_own_figures()
    {
        await using var other = await TestServer.StartAsync();
        await other.Admin.PublishAsync();
        Assert.That(await MetricsAsync(), Does.Contain("imgapi_images{state=\"active\"} 0").And.Not.Contain("imgapi_images{state=\"active\"} 1"));
    }

    [Test]
    public async Task A_head_request_for_the_metrics_has_no_body() =>
        Assert.That((await _server.Anonymous.AnswerAsync(HttpMethod.Head, "/metrics", null)).Bytes, Is.Empty);

    [Test]
    public async Task Only_a_server_with_TLS_has_the_end_of_a_certificate()
    {
        using var folder = new TemporaryFolder();
        var files = Certificates.Write(folder);
        await using var server = await TestServer.StartAsync(configure: configuration => configuration with { Tls = files });
        using var client = Certificates.TrustingClient(server.Address);
        Assert.That((await client.GetAnswerAsync("/metrics")).Text, Does.Contain("imgapi_certificate_end_timestamp_seconds{}"));
        Assert.That(await MetricsAsync(), Does.Not.Contain("imgapi_certificate_end_timestamp_seconds{}"));
    }
}
