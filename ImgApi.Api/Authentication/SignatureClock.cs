using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace ImgApi.Api.Authentication;

/// <summary>Checks the age of signed requests (contract 7.3), by a signed date if there is one.</summary>
internal static class SignatureClock
{
    public const string Date = "date";

    /// <summary>The header of clients that cannot set <c>date</c>, such as browsers.</summary>
    public const string AlternativeDate = "x-date";

    private static readonly TimeSpan MaxSkew = TimeSpan.FromSeconds(300);

    private static readonly string[] IsoFormats = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>The reason to refuse the request; null if its date is signed and close to the server's time.</summary>
    public static string? Refusal(HttpRequest request, string[] signed, TimeProvider clock)
    {
        var name = Array.Find([AlternativeDate, Date], signed.Contains) ?? Array.Find([AlternativeDate, Date], request.Headers.ContainsKey);
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

        return signed.Contains(AlternativeDate) || signed.Contains(Date) ? null : "date was not a signed header";
    }

    private static bool TryParse(string text, out DateTimeOffset date) =>
        HeaderUtilities.TryParseDate(text, out date)
        || DateTimeOffset.TryParseExact(text, IsoFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out date);
}
