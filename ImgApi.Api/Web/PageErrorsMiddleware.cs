namespace ImgApi.Api.Web;

/// <summary>Marks the requests whose errors are pages: for what browsers open or send as a form below <c>/ui</c> and at <c>/</c>.</summary>
internal sealed class PageErrorsMiddleware(RequestDelegate next, IErrorPage errors)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (Browsers.WantPages(context.Request) && Browsers.IsPagePath(context.Request.Path))
        {
            context.Features.Set(errors);
        }

        return next(context);
    }
}
