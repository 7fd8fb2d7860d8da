using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ImgApi.Tests.Support;

/// <summary>A real Prometheus that scrapes one server each second, under the job name <c>imgapi</c>.</summary>
internal sealed partial class PrometheusProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly HttpClient _client;

    private PrometheusProcess(Process process, Uri address) => (_process, _client) = (process, new HttpClient { BaseAddress = address });

    /// <summary>Starts it on a free port.</summary>
    public static async Task<PrometheusProcess> StartAsync(Uri server, TemporaryFolder folder)
    {
        var configuration = folder.Write("prometheus.yml", $$"""
            global: { scrape_interval: 1s, evaluation_interval: 1s }
            rule_files: [{{Path.Combine(Repository.Root, "support-files", "alerts.yml")}}]
            scrape_configs:
              - job_name: imgapi
                scheme: {{server.Scheme}}
                tls_config: { insecure_skip_verify: true }
                static_configs: [{ targets: ["{{server.Authority}}"] }]
            """);
        var program = Tools.Require("prometheus", "prometheus");
        var process = Process.Start(new ProcessStartInfo(
            program, [$"--config.file={configuration}", $"--storage.tsdb.path={folder.Combine("series")}", "--web.listen-address=127.0.0.1:0"])
        {
            RedirectStandardError = true,
        })!;
        var log = new ConcurrentQueue<string>();
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            log.Enqueue(line);
            if (Listening.Match(line) is { Success: true } match)
            {
                _ = process.StandardError.ReadToEndAsync();
                var prometheus = new PrometheusProcess(process, new Uri($"http://{match.Groups[1].Value}"));
                // It listens before it can answer queries.
                await Eventually.TrueAsync(async () => (await prometheus._client.GetAnswerAsync("/-/ready")).Status == HttpStatusCode.OK);
                return prometheus;
            }
        }

        throw new InvalidOperationException("Prometheus exited before it listened: " + string.Join(Environment.NewLine, log));
    }

    /// <summary>The series that a query returns now.</summary>
    /// <exception cref="InvalidOperationException">Prometheus does not understand the query.</exception>
    public async Task<JsonElement[]> QueryAsync(string query)
    {
        var answer = await _client.GetAnswerAsync($"/api/v1/query?query={Uri.EscapeDataString(query)}");
        return answer.Json.GetProperty("status").GetString() == "success"
            ? [.. answer.Json.GetProperty("data").GetProperty("result").EnumerateArray()]
            : throw new InvalidOperationException($"{query}: {answer.Text}");
    }

    /// <summary>For each rule <c>ok</c>, <c>err</c>, or <c>unknown</c> before its first evaluation.</summary>
    public async Task<string?[]> HealthOfRulesAsync() =>
    [
        .. from rules in (await _client.GetAnswerAsync("/api/v1/rules")).Json.GetProperty("data").GetProperty("groups").EnumerateArray()
           from rule in rules.GetProperty("rules").EnumerateArray()
           select rule.GetProperty("health").GetString(),
    ];

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    [GeneratedRegex(@"msg=""Listening on"" address=(\S+)")]
    private static partial Regex Listening { get; }
}
