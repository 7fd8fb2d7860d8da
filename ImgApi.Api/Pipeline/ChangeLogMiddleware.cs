namespace ImgApi.Api.Pipeline;

/// <summary>
/// Logs a line for each successful change: user, address, action, image. It writes the line before the answer, so that no client can know of a
/// change that is not logged.
/// </summary>
internal sealed class ChangeLogMiddleware(RequestDelegate next, ILogger<ChangeLogMiddleware> logger)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (MayChange(context) && logger.IsEnabled(LogLevel.Information))
        {
            context.Response.OnStarting(() =>
            {
                LogIfChanged(context);
                return Task.CompletedTask;
            });
        }

        return next(context);
    }

    private static bool MayChange(HttpContext context) => context.Request.Method switch
    {
        "POST" or "PUT" or "DELETE" or "PATCH" => true,
        // It may commit an upload.
        "HEAD" => true,
        _ => false,
    };

    private void LogIfChanged(HttpContext context)
    {
        var isChange = context.Features.Get<ChangedImage>() is not null
            || (!HttpMethods.IsHead(context.Request.Method) && context.GetEndpoint()?.Metadata.GetMetadata<LoggedIfChangedAttribute>() is null);
        if (isChange && context.Response.StatusCode < StatusCodes.Status400BadRequest)
        {
            ChangeLine.Write(
                logger, context.User.Identity?.Name, context.Connection.RemoteIpAddress, RequestCause.Of(context).Action, context.Request.RouteValues["uuid"] as string,
                context.Features.Get<ChangedImage>(), context.Response.StatusCode, context.TraceIdentifier);
        }
    }
}
