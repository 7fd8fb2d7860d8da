using ImgApi.Api.Authentication;
using ImgApi.Api.Contracts;
using ImgApi.Api.Http;
using ImgApi.Api.Observability;
using ImgApi.Api.OpenApi;
using ImgApi.Api.Responses;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace ImgApi.Api.Controllers;

/// <summary>For whatever watches over the server. Not of the contract: the reference has no such endpoints.</summary>
[Tags(ApiTags.Server)]
[NotStored]
public sealed class HealthController : ImgApiController
{
    /// <summary>Says how the server is: 200 while it works, 503 while its data folder does not.</summary>
    [HttpGet("/health", Name = "GetHealth")]
    [Authorize(Policies.Ping)]
    [ProducesResponseType<HealthReport>(StatusCodes.Status200OK)]
    [ProducesResponseType<HealthReport>(StatusCodes.Status503ServiceUnavailable)]
    [Fails(nameof(ErrorCode.Unauthorized))]
    public async Task<IActionResult> Get()
    {
        var health = HttpContext.RequestServices.GetRequiredService<Health>();
        var report = await health.ReportAsync(IsTrusted, HidesPrivate, Cancellation);
        return new WireResult<HealthReport>(
            report, report.Status == Health.Down ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
    }

    /// <summary>The server's figures in the text form of Prometheus.</summary>
    [HttpGet("/metrics", Name = "GetMetrics")]
    [Authorize(Policies.Metrics)]
    [Produces("text/plain")]
    [ProducesResponseType<string>(StatusCodes.Status200OK)]
    [Fails(nameof(ErrorCode.Unauthorized))]
    public IActionResult Metrics() => new MetricsResult();
}
