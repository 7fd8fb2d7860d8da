using ImgApi.Api.Web.Editing;

namespace ImgApi.Api.Web.Add;

/// <summary>The page where images are added from a file.</summary>
[Needs(Right.Publish)]
internal sealed class AddController : PageController
{
    [HttpRead("/ui/add", Name = "AddPage")]
    public IActionResult Show() => View("Add", ManifestFields.ForNew());
}
