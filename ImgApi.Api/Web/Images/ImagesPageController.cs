using Microsoft.Net.Http.Headers;

namespace ImgApi.Api.Web.Images;

/// <summary>The page of all images.</summary>
internal sealed class ImagesPageController(IImageRepository images, DamageRegister damages, ServerRules rules, TimeProvider clock) : PageController
{
    /// <summary>Shows the images that the API would list for this caller.</summary>
    [HttpRead("/", Name = "ImagesPage")]
    [ForBrowsers]
    [Authorize(Policies.Read)]
    public async Task<IActionResult> List(Caller caller)
    {
        Vary.By(Response, HeaderNames.Accept);
        var search = ImageSearch.Of(WireQuery.Of(HttpContext), caller, rules);
        var rows = await images.QueryVersionsAsync(search.Query with { Limit = ImagesView.PageSize + 1 }, Cancellation);
        var shown = rows.Take(ImagesView.PageSize).ToArray();
        var next = rows.Count > shown.Length ? rows[^1].Newest.Uuid : default(Uuid?);
        var damaged = await damages.OfFilesAsync(shown.Select(row => row.Newest), Cancellation);
        return View("Images", new ImagesView(search, shown, next, damaged, search.IsEmpty ? await WaitingAsync(caller.Actor) : [], caller.IsTrusted, clock.GetUtcNow()));
    }

    private async Task<IReadOnlyList<Image>> WaitingAsync(Actor actor) => actor.May(Right.Publish)
        ? [.. (await images.QueryApprovalsAsync(actor, Cancellation)).Where(image => image.Approval!.IsWaiting)]
        : [];
}
