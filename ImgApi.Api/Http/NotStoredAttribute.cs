using Microsoft.AspNetCore.Mvc.Filters;

namespace ImgApi.Api.Http;

/// <summary>
/// For answers that change by themselves: no cache keeps them. The framework's <c>ResponseCache</c> would take away <c>Vary</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class NotStoredAttribute : ActionFilterAttribute
{
    private const string NoStore = "no-store";

    /// <inheritdoc/>
    public override void OnActionExecuting(ActionExecutingContext context)
    {
        var headers = context.HttpContext.Response.Headers;
        headers.CacheControl = headers.CacheControl.Count == 0 ? NoStore : $"{headers.CacheControl}, {NoStore}";
    }
}
