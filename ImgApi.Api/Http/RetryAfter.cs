using System.Globalization;

namespace ImgApi.Api.Http;

/// <summary>The header that says when a client may try again.</summary>
internal static class RetryAfter
{
    /// <summary>Sets the header.</summary>
    /// <returns>Its value: whole seconds, rounded up.</returns>
    public static long Set(HttpResponse response, TimeSpan wait)
    {
        var seconds = (long)Math.Ceiling(wait.TotalSeconds);
        response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return seconds;
    }
}
