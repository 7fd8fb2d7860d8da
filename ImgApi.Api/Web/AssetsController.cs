namespace ImgApi.Api.Web;

/// <summary>Sends the assets of the pages.</summary>
[AllowAnonymous]
[ApiExplorerSettings(IgnoreApi = true)]
internal sealed class AssetsController(PageAssets assets) : Controller
{
    [HttpRead("/ui/assets/{version}/{name}")]
    public IActionResult Get(string version, string name)
    {
        var asset = assets.Find(version, name) ?? throw ImgApiException.NotFound($"{Request.Path} does not exist");
        Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        Response.Headers.XContentTypeOptions = "nosniff";
        return File(asset.Bytes, asset.ContentType);
    }
}
