namespace ImgApi.Api.Pipeline;

/// <summary>
/// Lets clients of resumable uploads send PATCH and DELETE as POST with <c>X-HTTP-Method-Override</c>, as the tus protocol demands: some
/// proxies let only GET and POST through. All other routes ignore the header.
/// </summary>
internal sealed class MethodOverrideMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (HttpMethods.IsPost(request.Method) && request.Headers[Tus.MethodOverride].ToString() is { Length: > 0 } method && Tus.IsPathOf(context))
        {
            request.Method = method is "PATCH" or "DELETE"
                ? method
                : throw new ImgApiException(ErrorCode.InvalidHeader, $"the header {Tus.MethodOverride} must be PATCH or DELETE");
        }

        return next(context);
    }
}
