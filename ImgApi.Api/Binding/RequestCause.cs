using ImgApi.Domain.Audit;

namespace ImgApi.Api.Binding;

/// <summary>The cause of what a request changes, as the log and the audit name it.</summary>
internal static class RequestCause
{
    public static Cause Of(HttpContext context) => new(
        Action(context), context.User.Identity?.Name, Caller.TokenOf(context.User), ClientAddress.TextOf(context.Connection.RemoteIpAddress), context.TraceIdentifier);

    /// <summary>The name of the operation in the API documentation, and its <c>action</c>. ImageAction is named by the action alone.</summary>
    private static string Action(HttpContext context)
    {
        var operation = context.GetEndpoint()?.Metadata.GetMetadata<IRouteNameMetadata>()?.RouteName ?? "-";
        var action = WireQuery.Of(context).Text("action");
        return string.IsNullOrEmpty(action) ? operation : operation == "ImageAction" ? action : $"{operation}/{action}";
    }
}
