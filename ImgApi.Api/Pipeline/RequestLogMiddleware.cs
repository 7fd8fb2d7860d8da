namespace ImgApi.Api.Pipeline;

/// <summary>
/// Logs a line for each request when it has ended, if the configuration demands it. It has the path without the query, which may contain
/// secrets, such as the password in the URL of a source.
/// </summary>
internal sealed class RequestLogMiddleware(RequestDelegate next, ILogger<RequestLogMiddleware> logger, TimeProvider clock)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var began = clock.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            if (logger.IsEnabled(LogLevel.Information))
            {
                new LogFields(
                    ("method", context.Request.Method), ("path", $"{context.Request.PathBase}{context.Request.Path}"), ("status", context.Response.StatusCode),
                    ("milliseconds", (long)clock.GetElapsedTime(began).TotalMilliseconds), ("user", context.User.Identity?.Name),
                    ("address", ClientAddress.TextOf(context.Connection.RemoteIpAddress)), ("request", context.TraceIdentifier)).Write(logger);
            }
        }
    }
}
