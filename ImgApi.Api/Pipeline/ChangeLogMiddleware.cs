using ImgApi.Api.Http;

namespace ImgApi.Api.Pipeline;

/// <summary>
/// Logs one line for each change that succeeded: who, from where, did what to which image. The line is written before the answer,
/// so that nobody knows of a change that the log does not have.
/// </summary>
internal sealed class ChangeLogMiddleware(RequestDelegate next, ILogger<ChangeLogMiddleware> logger)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (IsWrite(context.Request.Method) && logger.IsEnabled(LogLevel.Information))
        {
            context.Response.OnStarting(() =>
            {
                LogIfChanged(context);
                return Task.CompletedTask;
            });
        }

        return next(context);
    }

    private static bool IsWrite(string method) => HttpMethods.IsPost(method) || HttpMethods.IsPut(method) || HttpMethods.IsDelete(method);

    /// <summary>The operation as the API documentation names it; of the one that does many things, the action.</summary>
    private static string Action(HttpContext context)
    {
        var operation = context.GetEndpoint()?.Metadata.GetMetadata<IRouteNameMetadata>()?.RouteName ?? "-";
        var action = WireQuery.Of(context).Text("action");
        return string.IsNullOrEmpty(action) ? operation : operation == "ImageAction" ? action : $"{operation}/{action}";
    }

    private void LogIfChanged(HttpContext context)
    {
        if (context.Response.StatusCode < StatusCodes.Status400BadRequest)
        {
            ChangeLine.Write(
                logger, context.User.Identity?.Name, context.Connection.RemoteIpAddress, Action(context), context.Request.RouteValues["uuid"] as string,
                context.Features.Get<ChangedImage>(), context.Response.StatusCode, context.TraceIdentifier);
        }
    }
}
