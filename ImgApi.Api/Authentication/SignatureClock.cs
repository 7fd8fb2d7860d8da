using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace ImgApi.Api.Authentication;

/// <summary>How old a signed request may be (contract 7.3). It is the date that was signed that counts.</summary>
internal static class SignatureClock
{
    /// <summary>The usual header with the time of a request.</summary>
    public const string Date = "date";

    /// <summary>The one for clients that cannot set the usual one, such as browsers.</summary>
    public const string ByClient = "x-date";

    private static readonly TimeSpan MaxSkew = TimeSpan.FromSeconds(300);

    private static readonly string[] IsoFormats = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>Why the request's time is no good; null if it is.</summary>
    /// <param name="request">The request.</param>
    /// <param name="signed">Names of the headers that are signed.</param>
    /// <param name="clock">The server's time.</param>
    public static string? Refusal(HttpRequest request, string[] signed, TimeProvider clock)
    {
        var name = Array.Find([ByClient, Date], signed.Contains) ?? Array.Find([ByClient, Date], request.Headers.ContainsKey);
        if (name is not null)
        {
            if (!TryParse(request.Headers[name].ToString(), out var date))
            {
                return $"{name} is not a date";
            }

            var skew = (clock.GetUtcNow() - date).Duration();
            if (skew > MaxSkew)
            {
                return string.Create(
                    CultureInfo.InvariantCulture, $"clock skew of {skew.TotalSeconds:0.###}s was greater than {MaxSkew.TotalSeconds}s");
            }
        }

        return signed.Contains(ByClient) || signed.Contains(Date) ? null : "date was not a signed header";
    }

    private static bool TryParse(string text, out DateTimeOffset date) =>
        HeaderUtilities.TryParseDate(text, out date)
        || DateTimeOffset.TryParseExact(text, IsoFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out date);
}
