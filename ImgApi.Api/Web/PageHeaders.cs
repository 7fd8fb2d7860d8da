namespace ImgApi.Api.Web;

/// <summary>
/// The headers of every page, errors included. The page may load only its own assets, so a script that somebody smuggles into a name or a
/// description does not run. Caches do not store pages, since they depend on who asks.
/// </summary>
internal static class PageHeaders
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; "
        + "base-uri 'none'";

    public static void Set(HttpResponse response)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers.CacheControl = "no-cache, no-store"; // the framework would warn of other values when it adds a token to a form
    }
}
