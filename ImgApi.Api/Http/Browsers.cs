namespace ImgApi.Api.Http;

/// <summary>Tells browsers, which want pages, from clients of the API.</summary>
internal static class Browsers
{
    /// <summary>Whether it is a read whose <c>Accept</c> names <c>text/html</c>, as browsers send when a person opens a page.</summary>
    public static bool Sent(HttpRequest request) => Preconditions.IsRead(request) && WantPages(request);

    /// <summary>Whether the <c>Accept</c> names <c>text/html</c>, as it does when a person opens a page or sends a form, and not in requests of scripts.</summary>
    public static bool WantPages(HttpRequest request) =>
        request.GetTypedHeaders().Accept.Any(type => type.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase) && type.Quality != 0);
}
