namespace ImgApi.Api.Web;

/// <summary>Marks the requests whose errors are pages: for paths below <c>/ui</c>, and for <c>/</c> from a browser.</summary>
internal sealed class PageErrorsMiddleware(RequestDelegate next, IErrorPage errors)
{
    public Task InvokeAsync(HttpContext context)
    {
        var path = context.Request.Path;
        if (path.StartsWithSegments("/ui", StringComparison.Ordinal) || (path == "/" && Browsers.Sent(context.Request)))
        {
            context.Features.Set(errors);
        }

        return next(context);
    }
}
