using System.Collections;
using System.Diagnostics.Metrics;
using ImgApi.Api.Logging;
using ImgApi.Api.Observability;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace ImgApi.Api.Hosting;

/// <summary>
/// Metrics by OpenTelemetry: shown by <c>/metrics</c>, and sent with traces to a collector if there is one. Without a collector nobody listens
/// to traces, so that requests take no time for them.
/// </summary>
internal static class Telemetry
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string Protocol = "OTEL_EXPORTER_OTLP_PROTOCOL";
    private const string Connections = "Microsoft.AspNetCore.Server.Kestrel";

    /// <summary>The standard variables <c>OTEL_...</c> of the environment, and the configured endpoint, which precedes them.</summary>
    public static Dictionary<string, string?> Settings(ServerConfiguration configuration, IDictionary environment)
    {
        var settings = environment.Cast<DictionaryEntry>().Where(variable => $"{variable.Key}".StartsWith("OTEL_", StringComparison.Ordinal))
            .ToDictionary(variable => $"{variable.Key}", variable => (string?)$"{variable.Value}", StringComparer.Ordinal);
        if (configuration.OtlpEndpoint is { } endpoint)
        {
            settings[Endpoint] = endpoint.AbsoluteUri;
        }

        // The standard's default; the library's is gRPC.
        settings.TryAdd(Protocol, "http/protobuf");
        return settings;
    }

    public static void AddTelemetry(this IServiceCollection services, IConfiguration settings)
    {
        services.AddMetrics();
        services.AddSingleton<StoredFigures>().AddSingleton<RefusedCredentials>().AddSingleton<MetricsText>();
        services.AddSingleton<ServerMeter>().AddSingleton<ProcessMeter>().AddSingleton<RequestMeter>();
        services.ConfigureOpenTelemetryMeterProvider((provider, metrics) =>
        {
            provider.GetRequiredService<ServerMeter>();
            provider.GetRequiredService<ProcessMeter>();
            var factory = provider.GetRequiredService<IMeterFactory>();
            metrics.AddView(instrument => View(instrument, factory));
        });
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("imgapi", serviceVersion: ServerVersion.Text, serviceInstanceId: Environment.MachineName))
            .WithMetrics(metrics => metrics.AddMeter(ServerMeter.Name, Connections).AddPrometheusExporter(text =>
            {
                text.ScopeInfoEnabled = false;
                text.ScrapeResponseCacheDurationMilliseconds = 0;
            }));
        if (!string.IsNullOrEmpty(settings[Endpoint]))
        {
            services.AddHostedService<FiguresRefresh>();
            services.AddSingleton<ExportFaults>();
            services.ConfigureOpenTelemetryMeterProvider((provider, _) => provider.GetRequiredService<ExportFaults>());
            telemetry.WithMetrics(metrics => metrics.AddOtlpExporter()).WithTracing(traces => traces
                .AddAspNetCoreInstrumentation(requests => requests.EnrichWithHttpResponse = (span, response) =>
                    span.SetTag("imgapi.request", response.HttpContext.TraceIdentifier))
                .AddSource(JobWorkers.TraceSource, "System.Net.Http")
                .AddOtlpExporter());
        }
    }

    /// <summary>Leaves out instruments and labels that would only cost time and space; null for an instrument as it is.</summary>
    private static MetricStreamConfiguration? View(Instrument instrument, IMeterFactory factory)
    {
        // Instruments of all servers in this process have the same names.
        if (instrument.Meter.Scope is { } scope && scope != factory)
        {
            return MetricStreamConfiguration.Drop;
        }

        return instrument.Name switch
        {
            "kestrel.active_connections" or "kestrel.queued_connections" or "kestrel.rejected_connections" => new MetricStreamConfiguration { TagKeys = [] },
            _ => instrument.Meter.Name == Connections ? MetricStreamConfiguration.Drop : null,
        };
    }
}
