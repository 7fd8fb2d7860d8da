using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Http.Metadata;

namespace ImgApi.Api.Observability;

/// <summary>
/// Counts requests by method, status and route, under the name of OpenTelemetry's conventions. ASP.NET Core has the same instrument, but its labels
/// would have to be filtered, which costs a request far more (docs/performance.md).
/// </summary>
internal sealed class RequestMeter(IMeterFactory factory)
{
    private static readonly object[] Statuses = [.. Enumerable.Range(0, 600).Select(status => (object)status)];

    private readonly Histogram<double> _durations = factory.Create(ServerMeter.Name).CreateHistogram(
        "http.server.request.duration", "s", "Time from a request's headers to the end of its answer.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10, 60, 600] });

    /// <param name="took">Time from the headers to the end of the answer.</param>
    public void Count(HttpContext context, TimeSpan took)
    {
        var method = new KeyValuePair<string, object?>("http.request.method", Method(context.Request.Method));
        var status = new KeyValuePair<string, object?>("http.response.status_code", Statuses[context.Response.StatusCode]);
        if (context.GetEndpoint()?.Metadata.GetMetadata<IRouteDiagnosticsMetadata>() is { Route: var route })
        {
            _durations.Record(took.TotalSeconds, method, status, new("http.route", route));
        }
        else
        {
            _durations.Record(took.TotalSeconds, method, status);
        }
    }

    /// <summary>Unusual methods have one name, so that clients cannot create labels.</summary>
    private static string Method(string method) => method is "GET" or "HEAD" or "POST" or "PUT" or "PATCH" or "DELETE" or "OPTIONS" ? method : "_OTHER";
}
