using System.Buffers;
using System.Globalization;

namespace ImgApi.Infrastructure.Remote;

/// <summary>
/// The <c>Content-Length</c> of an answer (RFC 9110, 8.6). The runtime ignores one that it cannot read, and would then wait for the
/// other server to close the connection.
/// </summary>
internal static class AnnouncedLength
{
    private const string Header = "Content-Length";

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");

    /// <summary>Refuses an answer that announces anything but one number of bytes. An answer without the header is accepted.</summary>
    /// <exception cref="ImgApiException"><c>RemoteSourceError</c>; the text is the reason alone.</exception>
    public static void Check(HttpResponseMessage response)
    {
        if (response.Content.Headers.NonValidated.TryGetValues(Header, out var values) && (values.Count != 1 || !IsNumber(values.ToString())))
        {
            throw new ImgApiException(ErrorCode.RemoteSource, "the answer's Content-Length is not a number of bytes");
        }
    }

    private static bool IsNumber(string text) =>
        !text.AsSpan().ContainsAnyExcept(Digits) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);
}
