using ImgApi.Api.Observability;

namespace ImgApi.Api.Controllers;

/// <summary>For monitoring. Not in the contract: the reference has no such endpoints.</summary>
[Tags(ApiTags.Server)]
[NotStored]
internal sealed class HealthController(Health health, MetricsText metrics) : ImgApiController
{
    /// <summary>Returns the health of the server: 200 while it works, 503 while its data folder cannot be used.</summary>
    [HttpRead("/health", Name = "GetHealth")]
    [Authorize(Policies.Ping)]
    [ProducesResponseType(StatusCodes.Status200OK)]
    [ProducesResponseType<HealthReport>(StatusCodes.Status503ServiceUnavailable)]
    public async Task<ActionResult<HealthReport>> Get(Caller caller)
    {
        var report = await health.ReportAsync(caller.IsTrusted, caller.HidesPrivate, Cancellation);
        return StatusCode(report.Status == Health.Down ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK, report);
    }

    /// <summary>Returns metrics in the Prometheus text format.</summary>
    [HttpRead("/metrics", Name = "GetMetrics")]
    [Authorize(Policies.Metrics)]
    [Produces("text/plain")]
    public async Task<ActionResult<string>> Metrics()
    {
        await metrics.WriteAsync(HttpContext);
        return new EmptyResult();
    }
}
