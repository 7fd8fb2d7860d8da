using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ImgApi.Api.Observability;
using ImgApi.Domain.Audit;
using ImgApi.Infrastructure.Posix;

namespace ImgApi.Api.Hosting;

/// <summary>
/// The server's TLS certificate. Each new connection checks whether the files have changed, so that a renewed certificate takes effect without
/// a restart. If the changed files cannot be used, the previous certificate stays.
/// </summary>
internal sealed partial class ServerCertificate : ICertificateTerm
{
    private readonly TlsFiles _files;
    private readonly ILogger<ServerCertificate> _logger;
    private readonly IAuditLog? _audit;
    private readonly Lock _loading = new();
    private volatile State _state;

    /// <summary>Reads the files.</summary>
    /// <param name="audit">Records renewals; null to record nothing.</param>
    /// <exception cref="IOException">The files cannot be used. The message is for the operator.</exception>
    public ServerCertificate(TlsFiles files, ILogger<ServerCertificate> logger, IAuditLog? audit = null)
    {
        (_files, _logger, _audit) = (files, logger, audit);
        var stamp = Stamp();
        try
        {
            _state = new State(Read(), stamp);
        }
        catch (Exception fault) when (IsExpected(fault))
        {
            throw new IOException($"cannot use the certificate {files.Certificate} with the key {files.Key}: {Reason(fault)}", fault);
        }
    }

    public DateTimeOffset EndsAt => _state.Options.ServerCertificateContext!.TargetCertificate.NotAfter;

    /// <summary>The options for a new connection.</summary>
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

    private static bool IsExpected(Exception fault) =>
        fault is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException;

    private static string Reason(Exception fault) => fault is IOException or UnauthorizedAccessException
        ? FileFault.Describe(fault)
        : "the first must contain a certificate in PEM, the second its private key in PEM, not encrypted";

    private void Load((FileStamp?, FileStamp?) stamp)
    {
        if (stamp == _state.Stamp)
        {
            return;
        }

        try
        {
            var before = EndsAt;
            _state = new State(Read(), stamp);
            LogReloaded(_logger, _files.Certificate);
            _audit?.Note(AuditEvent.By(new Cause("ReloadCertificate")) with
            {
                Changed = FieldChange.Of(("ends", Timestamp.From(before).Text, Timestamp.From(EndsAt).Text)),
            });
        }
        catch (Exception fault) when (IsExpected(fault))
        {
            LogNotReloaded(_logger, _files.Certificate, Reason(fault));
            _audit?.Note(AuditEvent.By(new Cause("RefuseCertificate")).Because(Reason(fault)));
            _state = _state with { Stamp = stamp };
        }
    }

    private SslServerAuthenticationOptions Read()
    {
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(_files.Certificate);
        using var pair = X509Certificate2.CreateFromPemFile(_files.Certificate, _files.Key);
        // Some systems cannot use a key that was imported from PEM.
        var certificate = X509CertificateLoader.LoadPkcs12(pair.Export(X509ContentType.Pkcs12), password: null);
        return new SslServerAuthenticationOptions
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(certificate, chain, offline: true),
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        };
    }

    private (FileStamp? Certificate, FileStamp? Key) Stamp() =>
        (FileStamp.FromFile(new FileInfo(_files.Certificate)), FileStamp.FromFile(new FileInfo(_files.Key)));

    [LoggerMessage(Level = LogLevel.Information, Message = "certificate {File} was reloaded")]
    private static partial void LogReloaded(ILogger logger, string file);

    [LoggerMessage(Level = LogLevel.Warning, Message = "certificate {File} cannot be used, keeping the previous one: {Reason}")]
    private static partial void LogNotReloaded(ILogger logger, string file, string reason);

    /// <param name="Options">From the files that were read last.</param>
    /// <param name="Stamp">Of the files at the last attempt to read them.</param>
    private sealed record State(SslServerAuthenticationOptions Options, (FileStamp?, FileStamp?) Stamp);
}
