using ImgApi.Api.Authentication;

namespace ImgApi.Api.Wire;

/// <summary>
/// Logs one line for each change that succeeded: who, from where, did what to which image. The line is written before the answer,
/// so that nobody knows of a change that the log does not have.
/// </summary>
internal sealed partial class ChangeLogMiddleware(RequestDelegate next, ILogger<ChangeLogMiddleware> logger)
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

    /// <summary>A value as one word of the line.</summary>
    private static string Word(string? value)
    {
        var text = LogText.Of(value);
        return text.AsSpan().ContainsAny(' ', '"', '=') ? $"\"{text.Replace("\"", "\\\"", StringComparison.Ordinal)}\"" : text;
    }

    private static System.Net.IPAddress? Address(HttpContext context) =>
        context.Connection.RemoteIpAddress is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4() : context.Connection.RemoteIpAddress;

    private void LogIfChanged(HttpContext context)
    {
        if (context.Response.StatusCode >= StatusCodes.Status400BadRequest)
        {
            return;
        }

        var image = context.Features.Get<ChangedImage>();
        var user = Word(context.User.Identity?.Name);
        var action = Word(Action(context));
        var uuid = Word(image?.Uuid.ToString() ?? context.Request.RouteValues["uuid"] as string);
        var (name, version) = (Word(image?.Name), Word(image?.Version));
        var address = Address(context);
        LogChange(user, address, action, uuid, name, version, context.Response.StatusCode, context.TraceIdentifier);
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "user={User} address={Address} action={Action} image={Image} name={Name} version={Version} status={Status} request={Request}")]
    private partial void LogChange(
        string user, System.Net.IPAddress? address, string action, string image, string name, string version, int status, string request);
}
