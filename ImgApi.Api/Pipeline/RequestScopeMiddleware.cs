using ImgApi.Api.Logging;

namespace ImgApi.Api.Pipeline;

/// <summary>Adds the request id to the lines that are logged while a request is processed. Cached reads, which log nothing, are spared the time.</summary>
internal sealed class RequestScopeMiddleware(RequestDelegate next, ILogger<RequestScopeMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        using (logger.BeginScope(new RequestScope(context.TraceIdentifier)))
        {
            await next(context);
        }
    }
}
