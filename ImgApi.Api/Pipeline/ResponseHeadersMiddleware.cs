using System.Globalization;
using ImgApi.Api.Observability;

namespace ImgApi.Api.Pipeline;

/// <summary>Adds the headers of contract 1.2 to every answer: server, request id, duration, machine. Counts requests for the metrics and the history.</summary>
internal sealed class ResponseHeadersMiddleware(
    RequestDelegate next, ServerConfiguration configuration, RequestMeter meter, TrafficHistory traffic, TimeProvider clock)
{
    private readonly string _machine = Environment.MachineName;

    public async Task InvokeAsync(HttpContext context)
    {
        var began = clock.GetTimestamp();
        context.TraceIdentifier = RequestIds.Of(context.Request);
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers.Server = configuration.ServerName;
            headers[RequestIds.Header] = context.TraceIdentifier;
            headers["x-response-time"] = ((long)clock.GetElapsedTime(began).TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
            headers["x-server-name"] = _machine;
            return Task.CompletedTask;
        });
        await next(context);
        meter.Count(context, clock.GetElapsedTime(began));
        traffic.CountRequest(context.Response.StatusCode);
    }
}
