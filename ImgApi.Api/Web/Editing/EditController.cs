namespace ImgApi.Api.Web.Editing;

/// <summary>The page where the fields of an image's manifest are edited, whatever channel it is in.</summary>
[Authorize(Policies.Write)]
internal sealed class EditController(ImageReading reading, ServerRules rules) : PageController
{
    [HttpRead("/ui/images/{uuid}/edit", Name = "EditPage")]
    public async Task<IActionResult> Show(Uuid uuid)
    {
        var scope = new ImageScope(Account: null, Channel: null);
        return View("Edit", new ChangeView(await reading.GetAsync(uuid, scope.EnsureOwned, Cancellation), Dependents: [], rules.Channels));
    }
}
