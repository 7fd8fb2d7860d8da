using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ImgApi.Api.Configuration;

namespace ImgApi.Tests.Support;

/// <summary>Certificates for servers on the loopback interface.</summary>
internal static class Certificates
{
    /// <summary>Writes a self-signed certificate and its key for the configuration key <c>tls</c>.</summary>
    public static TlsFiles Write(TemporaryFolder folder)
    {
        using var certificate = SelfSigned();
        return new TlsFiles(
            folder.Write("cert.pem", certificate.ExportCertificatePem()), folder.Write("key.pem", certificate.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem()));
    }

    /// <summary>A client that accepts the certificate of a server on the loopback interface.</summary>
    public static HttpClient TrustingClient(Uri server) => new(new SocketsHttpHandler
    {
        SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == "CN=localhost" },
    })
    { BaseAddress = server };

    /// <summary>A self-signed certificate, valid for two days.</summary>
    public static X509Certificate2 SelfSigned()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
