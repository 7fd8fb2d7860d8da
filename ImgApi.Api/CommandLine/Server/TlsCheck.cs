using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace ImgApi.Api.CommandLine.Server;

/// <summary>Looks at the certificate of a server, also of one whose certificate is not accepted.</summary>
internal static class TlsCheck
{
    private static readonly TimeSpan Soon = TimeSpan.FromDays(14);

    /// <returns>The protocol, and how long the certificate is valid.</returns>
    /// <exception cref="ImgApiException">Clients do not accept the certificate, or it expires soon.</exception>
    public static async Task<string> RunAsync(Uri address, CancellationToken cancellation)
    {
        var errors = SslPolicyErrors.None;
        try
        {
            using var connection = new TcpClient();
            await connection.ConnectAsync(address.IdnHost, address.Port, cancellation);
#pragma warning disable CA5359 // only the description of the certificate is wanted, and nothing is sent
            await using var tls = new SslStream(connection.GetStream(), leaveInnerStreamOpen: false, (_, _, _, found) =>
            {
                errors = found;
                return true;
            });
#pragma warning restore CA5359
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = address.IdnHost }, cancellation);
            using var certificate = new X509Certificate2(tls.RemoteCertificate!);
            var left = certificate.NotAfter.ToUniversalTime() - TimeProvider.System.GetUtcNow().UtcDateTime;
            var text = string.Create(CultureInfo.InvariantCulture, $"{tls.SslProtocol}, certificate valid until {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd}");
            return errors != SslPolicyErrors.None ? throw Fault($"{text}, but clients do not accept it: {errors}")
                : left < Soon ? throw Fault($"{text}, which is soon")
                : text;
        }
        catch (Exception fault) when (fault is SocketException or IOException or AuthenticationException)
        {
            throw Fault(fault.Message);
        }
    }

    private static ImgApiException Fault(string reason) => new(ErrorCode.RemoteSource, reason);
}
