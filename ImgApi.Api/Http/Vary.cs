namespace ImgApi.Api.Http;

/// <summary>Names the request headers that an answer depends on, so that caches keep one answer for each of their values.</summary>
internal static class Vary
{
    /// <summary>The header with the API version.</summary>
    public const string ApiVersion = "Accept-Version";

    /// <summary>Adds a request header to those that the answer depends on.</summary>
    public static void By(HttpResponse response, string header)
    {
        // One line: of several, nginx before 1.23 reads only the last.
        var others = response.Headers.Vary.ToString();
        response.Headers.Vary = others.Length == 0 ? header : $"{others}, {header}";
    }

    /// <summary>Says that a manifest depends on the API version, which it does only on a server with channels.</summary>
    public static void ByApiVersion(HttpContext context)
    {
        if (context.RequestServices.GetRequiredService<ServerRules>().Channels.Exist)
        {
            By(context.Response, ApiVersion);
        }
    }
}
