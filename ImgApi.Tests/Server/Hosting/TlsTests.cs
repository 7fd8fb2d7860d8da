using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using ImgApi.Domain.Audit;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Hosting;

/// <summary>HTTPS by the server itself.</summary>
[TestFixture]
[Category("Slow")]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class TlsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly X509Certificate2 _certificate = Certificates.SelfSigned();

    public void Dispose()
    {
        _certificate.Dispose();
        _folder.Dispose();
    }

    private string Cert => _folder.Combine("cert.pem");

    private string Key => _folder.Combine("key.pem");

    private void Write(X509Certificate2 certificate)
    {
        _folder.Write("key.pem", certificate.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem());
        _folder.Write("cert.pem", certificate.ExportCertificatePem() + "\n" + _certificate.ExportCertificatePem());
    }

    private Task<TestServer> StartAsync() =>
        TestServer.StartAsync(configure: configuration => configuration with { Tls = new(Cert, Key) });

    /// <summary>The thumbprint of the certificate that a new connection sees.</summary>
    private static async Task<string> ShakeHandsAsync(TestServer server, SslProtocols protocols = SslProtocols.None)
    {
        var seen = "";
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.Address.Port);
        await using var stream = new SslStream(client.GetStream());
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            EnabledSslProtocols = protocols,
            RemoteCertificateValidationCallback = (_, certificate, _, _) => (seen = certificate?.GetCertHashString() ?? "").Length > 0,
        });
        return seen;
    }

    [Test]
    public async Task A_plain_http_request_is_answered_with_an_explanation()
    {
        Write(_certificate);
        await using var server = await StartAsync();
        using var client = new HttpClient();
        var answer = await client.GetAsync(new UriBuilder("http", "127.0.0.1", server.Address.Port, "/ping").Uri);
        Assert.That(
            (answer.StatusCode, await answer.Content.ReadAsStringAsync()),
            Is.EqualTo((HttpStatusCode.BadRequest, "This port speaks HTTPS only: use https:// instead of http://.\n")));
    }

    [TestCase(SslProtocols.Tls12)]
    [TestCase(SslProtocols.Tls13)]
    public async Task An_image_is_uploaded_and_downloaded_over_https(SslProtocols protocol)
    {
        Write(_certificate);
        await using var server = await StartAsync();
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.EnabledSslProtocols = protocol;
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate!.GetCertHashString() == _certificate.Thumbprint;
        using var client = new HttpClient(handler) { BaseAddress = server.Address, DefaultRequestHeaders = { Authorization = TestServer.Basic(TestServer.User, TestServer.Password) } };
        var file = new byte[3_000_000];
        Random.Shared.NextBytes(file);
        var uuid = await client.CreateAsync();
        await client.UploadAsync(uuid, file);
        Assert.That(server.Address.Scheme, Is.EqualTo("https"));
        Assert.That((await client.GetAnswerAsync($"/images/{uuid}/file")).Bytes.SequenceEqual(file), Is.True);
    }

    [Test]
    public async Task Old_versions_of_tls_are_refused()
    {
        Write(_certificate);
        await using var server = await StartAsync();
#pragma warning disable CA5397, SYSLIB0039 // the test offers an obsolete version on purpose
        Assert.That(() => ShakeHandsAsync(server, SslProtocols.Tls11), Throws.InstanceOf<AuthenticationException>().Or.InstanceOf<IOException>());
#pragma warning restore CA5397, SYSLIB0039
    }

    [Test]
    public async Task A_renewed_certificate_is_used_without_a_restart()
    {
        Write(_certificate);
        await using var server = await StartAsync();
        Assert.That(await ShakeHandsAsync(server), Is.EqualTo(_certificate.Thumbprint));
        using var next = Certificates.SelfSigned();
        Write(next);
        Assert.That(await ShakeHandsAsync(server), Is.EqualTo(next.Thumbprint));
        Write(_certificate);
        Assert.That(await ShakeHandsAsync(server), Is.EqualTo(_certificate.Thumbprint));
    }

    [Test]
    public async Task The_previous_certificate_is_used_while_the_new_one_is_broken()
    {
        Write(_certificate);
        await using var server = await StartAsync();
        _folder.Write("cert.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        Assert.That(await ShakeHandsAsync(server), Is.EqualTo(_certificate.Thumbprint));
        File.Delete(Key);
        Assert.That(await ShakeHandsAsync(server), Is.EqualTo(_certificate.Thumbprint));
        using var next = Certificates.SelfSigned();
        Write(next);
        Assert.That(await ShakeHandsAsync(server), Is.EqualTo(next.Thumbprint));
    }

    [Test]
    public async Task A_renewed_certificate_has_an_event_and_so_has_a_broken_one()
    {
        Write(_certificate);
        await using var server = await StartAsync();
        using var next = Certificates.SelfSigned();
        Write(next);
        await ShakeHandsAsync(server);
        _folder.Write("cert.pem", "nothing");
        await ShakeHandsAsync(server);
        await Eventually.TrueAsync(async () => (await ActionsAsync(server)).Order().SequenceEqual(["RefuseCertificate", "ReloadCertificate", "StartServer"]));
    }

    private static async Task<string[]> ActionsAsync(TestServer server) =>
        [.. (await server.Service<IAuditLog>().ReadAsync(new AuditQuery(), CancellationToken.None)).Select(one => one.Action)];

    [Test]
    public async Task A_certificate_with_the_wrong_key_stops_the_start()
    {
        Write(_certificate);
        using var other = Certificates.SelfSigned();
        _folder.Write("key.pem", other.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem());
        var config = _folder.Write("config.json", $$"""{"datadir":"{{_folder.Path}}/data","port":0,"tls":{"cert":"{{Cert}}","key":"{{Key}}"} }""");
        var (code, _, error) = await Tools.RunAsync("dotnet", [ServerProcess.Program, "-s", "-c", config]);
        Assert.That(code, Is.EqualTo(1));
        Assert.That(error, Does.StartWith($"imgapi: cannot use the certificate {Cert}").And.Not.Contain("   at "));
    }
}
