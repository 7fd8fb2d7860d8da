using System.Globalization;
using ImgApi.Api.Configuration;

namespace ImgApi.Api.Wire;

/// <summary>Puts on every answer what contract 1.2 wants there: server, request id, time taken, machine.</summary>
internal sealed class ResponseHeadersMiddleware(RequestDelegate next, ServerConfiguration configuration, TimeProvider clock)
{
    private readonly string _machine = Environment.MachineName;

    public Task InvokeAsync(HttpContext context)
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
        return next(context);
    }
}
