namespace ImgApi.Api.Observability;

/// <summary>
/// Writes the metrics in the text format of Prometheus. OpenTelemetry's exporter is a middleware, which runs here as the action of a route, so
/// that the usual rules of credentials and caches apply to it.
/// </summary>
internal sealed class MetricsText(StoredFigures stored, IServiceProvider services)
{
    private readonly RequestDelegate _exporter = new ApplicationBuilder(services).UseOpenTelemetryPrometheusScrapingEndpoint(_ => true).Build();

    public async Task WriteAsync(HttpContext context)
    {
        await stored.RefreshAsync(context.RequestAborted);
        await _exporter(context);
    }
}
