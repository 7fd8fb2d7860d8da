using System.Globalization;

namespace ImgApi.Api.Web;

/// <summary>Times on the pages, in UTC, since the server does not know where the reader is.</summary>
internal static class PageTime
{
    /// <summary>For instance <c>2026-11-23 03:09 UTC</c>.</summary>
    public static string Of(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <param name="timestamp">As in answers: <c>YYYY-MM-DDTHH:MM:SS.SSSZ</c>.</param>
    public static string Of(string timestamp) => Of(DateTimeOffset.Parse(timestamp, CultureInfo.InvariantCulture));

    /// <summary>For instance <c>03:09</c>.</summary>
    public static string Clock(DateTimeOffset time) => time.ToUniversalTime().ToString("HH:mm", CultureInfo.InvariantCulture);
}
