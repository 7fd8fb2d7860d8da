namespace ImgApi.Api.Pipeline;

/// <summary>
/// What the tus protocol demands of every answer and request of resumable uploads, errors of all other steps included. Every answer names the
/// version. Clients may send PATCH and DELETE as POST with <c>X-HTTP-Method-Override</c>, since some proxies let only GET and POST through.
/// </summary>
internal sealed class TusMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (Tus.IsPathOf(context))
        {
            NameVersion(context.Response);
            OverrideMethod(context.Request);
        }

        return next(context);
    }

    /// <summary>At the start of the answer, since an error removes the headers that were set before.</summary>
    private static void NameVersion(HttpResponse response) => response.OnStarting(() =>
    {
        response.Headers[Tus.Resumable] = Tus.Version;
        response.Headers[Tus.Versions] = Tus.Version;
        return Task.CompletedTask;
    });

    private static void OverrideMethod(HttpRequest request)
    {
        if (HttpMethods.IsPost(request.Method) && request.Headers[Tus.MethodOverride].ToString() is { Length: > 0 } method)
        {
            request.Method = method is "PATCH" or "DELETE"
                ? method
                : throw new ImgApiException(ErrorCode.InvalidHeader, $"the header {Tus.MethodOverride} must be PATCH or DELETE");
        }
    }
}
