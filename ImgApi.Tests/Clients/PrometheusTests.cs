using System.Text.Json;
using System.Text.RegularExpressions;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Clients;

/// <summary>The supplied dashboard and alerts, with a real Prometheus that scrapes a server on which something of everything happened.</summary>
[TestFixture]
[Category("Slow")]
internal sealed partial class PrometheusTests
{
    private readonly TemporaryFolder _folder = new();
    private TestServer _server = null!;
    private HttpClient _client = null!;
    private PrometheusProcess _prometheus = null!;

    private static string Alerts => Path.Combine(Repository.Root, "support-files", "alerts.yml");

    private static JsonElement Dashboard =>
        JsonElement.Parse(File.ReadAllText(Path.Combine(Repository.Root, "support-files", "grafana-dashboard.json")));

    /// <summary>The queries of all panels.</summary>
    private static IEnumerable<TestCaseData> Queries =>
        from panel in Dashboard.GetProperty("panels").EnumerateArray()
        where panel.GetProperty("type").GetString() != "row"
        from target in panel.GetProperty("targets").EnumerateArray()
        let query = target.GetProperty("expr").GetString()
        select new TestCaseData(query).SetArgDisplayNames($"{panel.GetProperty("title")} {target.GetProperty("refId")}");

    /// <summary>The names of all metrics that the alerts use.</summary>
    private static IEnumerable<string> MetricsOfAlerts => Metric.Matches(File.ReadAllText(Alerts)).Select(match => match.Value).Distinct();

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        var files = Certificates.Write(_folder);
        _server = await TestServer.StartAsync(configure: configuration => configuration with { Tls = files, ScrubRate = 1_000_000_000 });
        _client = Certificates.TrustingClient(_server.Address);
        _client.DefaultRequestHeaders.Authorization = TestServer.Basic(TestServer.User, TestServer.Password);
        _prometheus = await PrometheusProcess.StartAsync(_server.Address, _folder);
        await Eventually.TrueAsync(async () => (await _prometheus.QueryAsync("up == 1")).Length > 0);
        var uuid = await _client.PublishAsync();
        await _client.GetAnswerAsync($"/images/{uuid}/file");
        await _client.GetAnswerAsync("/images");
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _prometheus.DisposeAsync();
        _client.Dispose();
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [TestCaseSource(nameof(Queries))]
    public async Task Each_query_of_the_dashboard_returns_data(string query)
    {
        var text = query.Replace("$instance", ".*", StringComparison.Ordinal).Replace("$__rate_interval", "1m", StringComparison.Ordinal);
        await Eventually.TrueAsync(async () =>
        {
            await _client.GetAnswerAsync("/ping");
            return (await _prometheus.QueryAsync(text)).Length > 0;
        });
    }

    [TestCaseSource(nameof(MetricsOfAlerts))]
    public Task Each_metric_of_the_alerts_exists(string name) => Eventually.TrueAsync(async () => (await _prometheus.QueryAsync(name)).Length > 0);

    [Test]
    public Task Prometheus_evaluates_each_alert_without_an_error() => Eventually.TrueAsync(async () =>
        await _prometheus.HealthOfRulesAsync() is { Length: > 0 } healths && healths.All(health => health == "ok"));

    [Test]
    public async Task Promtool_accepts_the_metrics()
    {
        var promtool = Tools.Require("promtool", "prometheus");
        var (code, output, error) = await Tools.RunAsync(promtool, ["check", "metrics"], input: (await _client.GetAnswerAsync("/metrics")).Text);
        Assert.That((code, output + error), Is.EqualTo((0, "")));
    }

    [Test]
    public async Task Each_alert_fires_when_it_should_and_not_before()
    {
        var promtool = Tools.Require("promtool", "prometheus");
        var (code, output, error) = await Tools.RunAsync(promtool, ["test", "rules", "ImgApi.Tests/Data/alerts-test.yml"], Repository.Root);
        Assert.That(code, Is.Zero, output + error);
    }

    [Test]
    public void Each_alert_has_a_test()
    {
        var tests = File.ReadAllText(Path.Combine(Repository.Root, "ImgApi.Tests", "Data", "alerts-test.yml"));
        var fired = Fired.Matches(tests).Select(match => match.Groups[1].Value);
        Assert.That(fired.Distinct(), Is.EquivalentTo(Alert.Matches(File.ReadAllText(Alerts)).Select(match => match.Groups[1].Value)));
    }

    [GeneratedRegex(@"\b(imgapi|http|process|kestrel)_\w+(?=[\s{)\[])")]
    private static partial Regex Metric { get; }

    [GeneratedRegex(@"- alert: (\w+)")]
    private static partial Regex Alert { get; }

    [GeneratedRegex(@"alertname: (\w+)\n +exp_alerts:")]
    private static partial Regex Fired { get; }
}
