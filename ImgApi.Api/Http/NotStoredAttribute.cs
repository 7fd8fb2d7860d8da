using Microsoft.AspNetCore.Mvc.Filters;

namespace ImgApi.Api.Http;

/// <summary>Forbids caches to store answers. The framework's <c>ResponseCache</c> would remove <c>Vary</c>.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class NotStoredAttribute : ActionFilterAttribute
{
    public override void OnActionExecuting(ActionExecutingContext context)
    {
        var headers = context.HttpContext.Response.Headers;
        headers.CacheControl = headers.CacheControl.Count == 0 ? "no-store" : $"{headers.CacheControl}, no-store";
    }
}
