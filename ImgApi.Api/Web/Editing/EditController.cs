namespace ImgApi.Api.Web.Editing;

/// <summary>The page where the fields of an image's manifest are edited. The image may be in any channel.</summary>
[Needs(Right.Publish)]
internal sealed class EditController(ImageReading reading, ManifestCache manifests, ServerRules rules) : PageController
{
    [HttpRead("/ui/images/{uuid}/edit", Name = "EditPage")]
    public async Task<IActionResult> Show(Uuid uuid, Caller caller)
    {
        var scope = new ImageScope(Account: null, Channel: null, caller.Actor);
        var image = await reading.GetAsync(uuid, scope.EnsureOwned, Cancellation);
        // Of the form that the scripts' requests have, so that an edit does not overwrite one that was made meanwhile.
        ViewData["Etag"] = manifests.Of(image, ManifestCache.FormFor(HttpContext)).Etag;
        return View("Edit", new ChangeView(image, Dependents: [], rules.Channels, MayDelete: false));
    }
}
