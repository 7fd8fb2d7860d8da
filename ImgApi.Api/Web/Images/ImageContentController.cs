using Microsoft.AspNetCore.Mvc.Filters;

namespace ImgApi.Api.Web.Images;

/// <summary>
/// The content of an image for the pages. Pictures and downloads of a page have the cookie of the session alone, which the routes of the API
/// ignore.
/// </summary>
[Route("/ui/images/{uuid}")]
internal sealed class ImageContentController(ImageReading reading) : PageController
{
    [HttpRead("icon", Name = "ImagePageIcon")]
    [Authorize(Policies.Content)]
    public IActionResult Icon(Uuid uuid, ImageScope scope) =>
        Ok(new ContentAnswer(() => reading.GetIconAsync(uuid, scope.EnsureVisible, Cancellation)));

    [HttpRead("file", Name = "ImagePageFile")]
    [Authorize(Policies.Content)]
    public IActionResult File(Uuid uuid, ImageScope scope) =>
        Ok(new ContentAnswer(() => reading.GetFileAsync(uuid, index: 0, scope.EnsureVisible, Cancellation)));

    [HttpRead("manifest", Name = "ImagePageManifest")]
    [Authorize(Policies.Read)]
    public async Task<IActionResult> Manifest(Uuid uuid, ImageScope scope) =>
        Ok(new ImageAnswer(await reading.GetAsync(uuid, scope.EnsureVisible, Cancellation)));

    /// <summary>Content may be any bytes. A browser must not run it as a page of this server.</summary>
    public override void OnActionExecuted(ActionExecutedContext context)
    {
        base.OnActionExecuted(context);
        Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
    }
}
