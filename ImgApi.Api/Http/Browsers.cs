namespace ImgApi.Api.Http;

/// <summary>Distinguishes browsers, which want pages, from clients of the API.</summary>
internal static class Browsers
{
    /// <summary>Whether it is a read whose <c>Accept</c> names <c>text/html</c>, as browsers send when a person opens a page.</summary>
    public static bool Sent(HttpRequest request) => Preconditions.IsRead(request) && WantPages(request);

    /// <summary>Whether the <c>Accept</c> names <c>text/html</c>, as it does when a person opens a page or sends a form, and not in requests of scripts.</summary>
    public static bool WantPages(HttpRequest request) =>
        request.GetTypedHeaders().Accept.Any(type => type.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase) && type.Quality != 0);

    /// <summary>Whether it is a read at the address of a page, or of a picture or download that pages show.</summary>
    public static bool IsPageRead(HttpRequest request) => Preconditions.IsRead(request) && IsPagePath(request.Path);

    /// <summary>Whether a path is that of the first page, or below <c>/ui</c>.</summary>
    public static bool IsPagePath(PathString path) => path == "/" || path.StartsWithSegments("/ui", StringComparison.Ordinal);

    /// <summary>Whether a page of another site made the browser send the request. Browsers say so in Sec-Fetch-Site (W3C Fetch Metadata).</summary>
    public static bool IsFromAnotherSite(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin" or "none");
}
