using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ImgApi.Api.Configuration;
using ImgApi.Infrastructure.Posix;

namespace ImgApi.Api.Hosting;

/// <summary>
/// What the server proves who it is by. The files are looked at with each new connection and read anew when they have changed,
/// so that a renewed certificate counts without a restart; while they cannot be used, what was read before stays.
/// </summary>
internal sealed partial class ServerCertificate
{
    private readonly TlsFiles _files;
    private readonly ILogger<ServerCertificate> _logger;
    private readonly Lock _loading = new();
    private volatile State _state;

    /// <summary>Reads the files.</summary>
    /// <exception cref="IOException">They cannot be used; the message is for the operator.</exception>
    public ServerCertificate(TlsFiles files, ILogger<ServerCertificate> logger)
    {
        (_files, _logger) = (files, logger);
        var stamp = Stamp();
        try
        {
            _state = new State(Read(), stamp);
        }
        catch (Exception fault) when (IsFault(fault))
        {
            throw new IOException($"cannot use the certificate {files.Certificate} with the key {files.Key}: {Reason(fault)}", fault);
        }
    }

    /// <summary>What the next connection is to be secured by.</summary>
    public SslServerAuthenticationOptions Current()
    {
        var stamp = Stamp();
        if (stamp != _state.Stamp)
        {
            lock (_loading)
            {
                Load(stamp);
            }
        }

        return _state.Options;
    }

    private static bool IsFault(Exception fault) =>
        fault is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException;

    private static string Reason(Exception fault) => fault is IOException or UnauthorizedAccessException
        ? FileFault.Describe(fault)
        : "the first must hold a certificate in PEM, the second its private key in PEM, not encrypted";

    private void Load((FileStamp?, FileStamp?) stamp)
    {
        if (stamp == _state.Stamp)
        {
            return;
        }

        try
        {
            _state = new State(Read(), stamp);
            LogRead(_logger, _files.Certificate);
        }
        catch (Exception fault) when (IsFault(fault))
        {
            LogNotRead(_logger, _files.Certificate, Reason(fault));
            _state = _state with { Stamp = stamp };
        }
    }

    private SslServerAuthenticationOptions Read()
    {
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(_files.Certificate);
        using var pair = X509Certificate2.CreateFromPemFile(_files.Certificate, _files.Key);
        // Some systems cannot use a key that exists in memory alone.
        var certificate = X509CertificateLoader.LoadPkcs12(pair.Export(X509ContentType.Pkcs12), password: null);
        return new SslServerAuthenticationOptions
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(certificate, chain, offline: true),
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        };
    }

    /// <summary>Tells cheaply whether the files are still those that were read.</summary>
    private (FileStamp? Certificate, FileStamp? Key) Stamp() =>
        (FileStamp.Of(new FileInfo(_files.Certificate)), FileStamp.Of(new FileInfo(_files.Key)));

    [LoggerMessage(Level = LogLevel.Information, Message = "The certificate {File} was read again")]
    private static partial void LogRead(ILogger logger, string file);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The certificate {File} cannot be used, the one from before stays: {Reason}")]
    private static partial void LogNotRead(ILogger logger, string file, string reason);

    /// <param name="Options">What was read last.</param>
    /// <param name="Stamp">How the files looked when reading was last tried.</param>
    private sealed record State(SslServerAuthenticationOptions Options, (FileStamp?, FileStamp?) Stamp);
}
