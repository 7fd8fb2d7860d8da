using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using ImgApi.Domain.Remote;

namespace ImgApi.Infrastructure.Remote;

/// <summary>
/// Signs requests by HTTP Signature (contract 7.3). The signature covers the request target, so that it cannot be replayed for another one.
/// sdc-imgapi does not know the name <c>(request-target)</c>, but <c>request-line</c>, which has the same content and which ImgApi also accepts.
/// </summary>
internal static class RequestSigning
{
    private const string RequestLine = "request-line";

    public static async Task SignAsync(HttpRequestMessage request, IRequestSigner signer, TimeProvider clock, CancellationToken cancellation)
    {
        var date = clock.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
        request.Headers.TryAddWithoutValidation("Date", date);
        var text = $"date: {date}\n{request.Method} {request.RequestUri!.PathAndQuery} HTTP/{request.Version.ToString(2)}";
        var signed = await signer.SignAsync(Encoding.UTF8.GetBytes(text), cancellation);
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Signature",
            $"keyId=\"{signer.KeyId}\",algorithm=\"{signed.Algorithm}\",headers=\"date {RequestLine}\",signature=\"{Convert.ToBase64String(signed.Signature)}\"");
    }
}
