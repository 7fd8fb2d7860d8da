namespace ImgApi.Api.Web.Images;

/// <summary>The pages of images.</summary>
internal sealed class ImagesPageController(IImageRepository images, ServerRules rules) : PageController
{
    private const int PageSize = 50;

    [HttpRead("/", Name = "ImagesPage")]
    [ForBrowsers]
    [Authorize(Policies.Read)]
    public async Task<IActionResult> List(Caller caller, [FromQuery(Name = "")] ListImagesParameters parameters)
    {
        Vary.By(Response, Microsoft.Net.Http.Headers.HeaderNames.Accept);
        var channel = rules.Channels.Resolve(parameters.Channel, allowsEvery: true);
        var query = ListQueryReader.Read(parameters, WireQuery.Of(HttpContext), caller.IsTrusted) with
        {
            Channel = channel,
            HidesPrivate = caller.HidesPrivate,
            Descending = true,
            Limit = PageSize,
        };
        return View("Images", await images.QueryAsync(query, Cancellation));
    }
}
