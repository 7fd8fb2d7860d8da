using Microsoft.AspNetCore.Mvc.Filters;

namespace ImgApi.Api.Web;

/// <summary>The base of the pages. As in the API, refusals are exceptions; <see cref="ErrorPage"/> shows them.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
internal abstract class PageController : Controller
{
    /// <summary>Ends when the client disconnects.</summary>
    protected CancellationToken Cancellation => HttpContext.RequestAborted;

    public override void OnActionExecuted(ActionExecutedContext context) => PageHeaders.Set(Response);
}
