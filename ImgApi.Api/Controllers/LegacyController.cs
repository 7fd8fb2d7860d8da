using Microsoft.Net.Http.Headers;

namespace ImgApi.Api.Controllers;

/// <summary>Redirects from the start page and from the paths of the older dataset API (contract 1.4).</summary>
[AllowAnonymous]
[ApiExplorerSettings(IgnoreApi = true)]
internal sealed class LegacyController(ServerConfiguration configuration) : ControllerBase
{
    /// <summary>The start page is the documentation. A browser gets a page from another controller, if it is switched on.</summary>
    [HttpRead("/")]
    public IActionResult Start()
    {
        if (configuration.WebPage)
        {
            Vary.By(Response, HeaderNames.Accept);
        }

        // Browsers would keep the redirect, and not see the page when it is switched on.
        Response.Headers.CacheControl = "no-cache";
        return Moved("/docs/");
    }

    [HttpRead("/docs")]
    public IActionResult Documentation() => Moved(Request.Path == "/docs/" ? "/swagger/index.html" : "/docs/");

    /// <summary>What was a list of datasets is a list of images.</summary>
    [HttpRead("/datasets")]
    public IActionResult Datasets() => Moved("/images");

    /// <summary>What was a dataset is an image: by uuid, or by the parts of its urn.</summary>
    /// <param name="dataset">A uuid, a name, <c>name:version</c>, <c>cloud:vendor:name</c> or <c>cloud:vendor:name:version</c>.</param>
    [HttpRead("/datasets/{dataset}")]
    public IActionResult Dataset(string dataset)
    {
        if (Uuid.IsValid(dataset))
        {
            return Moved($"/images/{dataset}");
        }

        // An escaped slash came through routing as it was.
        dataset = dataset.Replace("%2F", "/", StringComparison.Ordinal);
        var parts = dataset.Split(':');
        return Moved(parts.Length switch
        {
            2 => ByName(parts[0], parts[1]),
            3 => ByName(parts[2]),
            4 => ByName(parts[2], parts[3]),
            _ => ByName(dataset),
        });
    }

    private static string ByName(string name, string? version = null) =>
        $"/images?name={Uri.EscapeDataString(name)}" + (version is null ? "" : $"&version={Uri.EscapeDataString(version)}");

    /// <summary>301 with exactly that target; the framework's own result would change escapes.</summary>
    private StatusCodeResult Moved(string target)
    {
        Response.Headers.Location = Request.PathBase + target;
        return StatusCode(StatusCodes.Status301MovedPermanently);
    }
}
