using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;

namespace ImgApi.Infrastructure.Remote;

/// <summary>Recognizes and describes failed connections to other servers. Messages contain no URLs, which may contain credentials.</summary>
internal static class RemoteFault
{
    // Names from X509ChainStatusFlags and SslPolicyErrors, as the runtime's message contains them.
    private static readonly (string Name, string Reason)[] CertificateFlaws =
    [
        ("NotTimeValid", "has expired or is not valid yet"),
        ("UntrustedRoot", "is not from an authority that this machine trusts"),
        ("PartialChain", "is not from an authority that this machine trusts"),
        ("NameMismatch", "is for another name"),
    ];

    /// <summary>Whether the connection failed. A cancellation counts as a timeout; the caller must exclude its own.</summary>
    public static bool IsFault(Exception e) =>
        e is HttpRequestException or IOException or SocketException or OperationCanceledException or ForbiddenAddressException;

    /// <param name="changes">Whether the request asked for a change, which the other server may have made although its answer is missing.</param>
    public static ImgApiException Translate(Exception fault, RemoteOptions options, bool changes = false) => new(
        ErrorCode.RemoteSource, Reason(fault, options) + (changes && MayHaveArrived(fault) ? "; whether it made the change is not known" : ""), inner: fault);

    private static bool MayHaveArrived(Exception fault) => !Causes(fault).Any(cause => cause is TimeoutException or ForbiddenAddressException or HttpRequestException
    {
        HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError
            or HttpRequestError.ProxyTunnelError,
    });

    private static string Reason(Exception fault, RemoteOptions options)
    {
        var causes = Causes(fault).ToArray();
        if (causes.OfType<ForbiddenAddressException>().FirstOrDefault() is { } forbidden)
        {
            return forbidden.Message;
        }

        if (fault is OperationCanceledException)
        {
            return causes.OfType<TimeoutException>().Any()
                ? $"no connection within {FormatDuration(options.ConnectTimeout)}"
                : $"no answer within {FormatDuration(options.AnswerTimeout)}";
        }

        if (fault is HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError })
        {
            return "the proxy did not make the connection";
        }

        if (causes.OfType<AuthenticationException>().FirstOrDefault() is { } tls)
        {
            return $"no secure connection: {TlsReason(tls.Message)}";
        }

        return causes.OfType<SocketException>().FirstOrDefault()?.Message ?? causes[^1].Message;
    }

    /// <summary>Describes the runtime's names of certificate flaws.</summary>
    private static string TlsReason(string message)
    {
        var reasons = CertificateFlaws.Where(flaw => message.Contains(flaw.Name, StringComparison.Ordinal)).Select(flaw => flaw.Reason).Distinct();
        return string.Join(", ", reasons) is { Length: > 0 } known ? "its certificate " + known : message;
    }

    public static string FormatDuration(TimeSpan time) => time >= TimeSpan.FromMinutes(2)
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0.#} minutes")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.###} seconds");

    private static IEnumerable<Exception> Causes(Exception? fault)
    {
        for (; fault is not null; fault = fault.InnerException)
        {
            yield return fault;
        }
    }
}
