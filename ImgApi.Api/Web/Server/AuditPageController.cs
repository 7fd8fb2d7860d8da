using ImgApi.Domain.Audit;

namespace ImgApi.Api.Web.Server;

/// <summary>The page of the audit: who did what.</summary>
[Needs(Right.Operate)]
internal sealed class AuditPageController(IAuditLog audit) : PageController
{
    /// <summary>Shows the events that the API would list.</summary>
    [HttpRead("/ui/audit", Name = "AuditPage")]
    public async Task<IActionResult> Show()
    {
        var search = AuditSearch.Of(WireQuery.Of(HttpContext));
        var events = await audit.ReadAsync(search.Query with { Limit = AuditView.PageSize + 1 }, Cancellation);
        return View("Audit", new AuditView(search, [.. events.Take(AuditView.PageSize)], HasMore: events.Count > AuditView.PageSize));
    }
}
