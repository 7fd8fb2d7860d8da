using System.Collections;
using System.Net;
using ImgApi.Api.Hosting;
using ImgApi.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Trace;

namespace ImgApi.Tests.Server.Monitoring;

/// <summary>Metrics and traces that are sent to a collector.</summary>
[TestFixture]
[Category("Slow")]
internal sealed class TelemetryTests
{
    private Collector _collector = null!;

    [SetUp]
    public async Task StartAsync() => _collector = await Collector.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _collector.DisposeAsync();

    /// <summary>Runs a server with the collector until a request was answered. The server sends the rest when it ends.</summary>
    private async Task RunAsync(Func<TestServer, Task> request)
    {
        await using var server = await TestServer.StartAsync(configure: configuration => configuration with { OtlpEndpoint = _collector.Address });
        await request(server);
    }

    [Test]
    public async Task A_collector_gets_the_metrics_that_the_server_shows()
    {
        await RunAsync(server => server.Admin.PublishAsync());
        Assert.That(_collector.TextOf("/v1/metrics"), Does.Contain("imgapi.images").And.Contain("http.server.request.duration"));
    }

    [Test]
    public async Task A_collector_gets_a_span_for_each_request_with_route_and_request_id()
    {
        var id = Guid.NewGuid().ToString();
        await RunAsync(server => server.Anonymous.GetAnswerAsync($"/images/{Guid.NewGuid()}", ("x-request-id", id)));
        Assert.That(_collector.TextOf("/v1/traces"), Does.Contain("GET images/{uuid}").And.Contain(id));
    }

    [Test]
    public async Task A_collector_gets_a_span_for_each_job()
    {
        await using var source = await TestServer.StartAsync();
        var uuid = await source.Admin.PublishAsync();
        var job = "";
        await RunAsync(async server => await server.Admin.JobEndAsync(job = await server.Admin.StartJobAsync(uuid, source.Address)));
        Assert.That(_collector.TextOf("/v1/traces"), Does.Contain("import-remote-image").And.Contain(job));
    }

    [Test]
    public async Task Spans_do_not_have_the_values_of_queries_which_may_be_secrets()
    {
        await RunAsync(server => server.Admin.GetAnswerAsync("/images?source=hunter2-secret"));
        Assert.That(_collector.TextOf("/v1/traces"), Does.Contain("GET images").And.Not.Contain("hunter2-secret"));
    }

    [Test]
    public async Task A_server_works_and_stops_without_its_collector_and_logs_that()
    {
        using var log = new LogRecorder();
        var address = _collector.Address;
        await _collector.DisposeAsync();
        await using (var server = await TestServer.StartAsync(
            configure: configuration => configuration with { OtlpEndpoint = address }, replace: services => services.AddSingleton<ILoggerProvider>(log)))
        {
            Assert.That((await server.Anonymous.GetAnswerAsync("/ping")).Status, Is.EqualTo(HttpStatusCode.OK));
        }

        Assert.That(log.Warnings, Has.Some.Contains("not sent to the collector"));
    }

    [Test]
    public async Task Without_a_collector_nobody_listens_to_traces()
    {
        var listens = true;
        await using var server = await TestServer.StartAsync(
            replace: services => listens = services.Any(service => service.ServiceType == typeof(TracerProvider)));
        Assert.That(listens, Is.False);
    }

    [Test]
    public void The_standard_variables_are_settings_and_the_configured_endpoint_precedes_them()
    {
        var environment = new Hashtable
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://other:1",
            ["OTEL_SERVICE_NAME"] = "mine",
            ["PATH"] = "/bin",
        };
        var settings = Telemetry.Settings(new() { DataFolder = "/x", OtlpEndpoint = new Uri("http://one:4318") }, environment);
        Assert.That(settings, Is.EquivalentTo(new Dictionary<string, string?>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://one:4318/",
            ["OTEL_SERVICE_NAME"] = "mine",
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        }));
    }
}
