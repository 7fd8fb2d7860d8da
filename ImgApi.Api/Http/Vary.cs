namespace ImgApi.Api.Http;

/// <summary>Names the request headers that an answer depends on, for caches.</summary>
internal static class Vary
{
    public const string ApiVersion = "Accept-Version";

    public static void By(HttpResponse response, string header)
    {
        // In one line, since nginx before 1.23 reads only the last of several.
        var others = response.Headers.Vary.ToString();
        response.Headers.Vary = others.Length == 0 ? header : $"{others}, {header}";
    }

    /// <summary>For manifests, which depend on the API version if the server has channels.</summary>
    public static void ByApiVersion(HttpResponse response, ServerRules rules)
    {
        if (rules.Channels.Exist)
        {
            By(response, ApiVersion);
        }
    }
}
