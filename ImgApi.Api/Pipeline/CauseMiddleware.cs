using ImgApi.Domain.Audit;

namespace ImgApi.Api.Pipeline;

/// <summary>Names the cause of the changes that a request makes, for the audit. Follows the check of the credentials.</summary>
internal sealed class CauseMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (!HttpMethods.IsGet(context.Request.Method))
        {
            Cause.Current = RequestCause.Of(context);
        }

        return next(context);
    }
}
