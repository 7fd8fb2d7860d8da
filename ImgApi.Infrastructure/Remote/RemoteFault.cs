using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
using ImgApi.Domain.Errors;

namespace ImgApi.Infrastructure.Remote;

/// <summary>What failures on the way to another server are called, without URLs: those can hold secrets.</summary>
internal static class RemoteFault
{
    /// <summary>Whether the failure is one of the connection. A cancellation is one too unless the caller asked for it.</summary>
    public static bool IsFault(Exception e) =>
        e is HttpRequestException or IOException or SocketException or OperationCanceledException or ForbiddenAddressException;

    /// <summary>The failure with its reason as text.</summary>
    public static ImgApiException Of(Exception fault, RemoteOptions options) => new(ErrorCode.RemoteSource, Reason(fault, options), inner: fault);

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
                ? $"no connection within {Text(options.ConnectTimeout)}"
                : $"no answer within {Text(options.AnswerTimeout)}";
        }

        if (fault is HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError })
        {
            return "the proxy did not make the connection";
        }

        if (causes.OfType<AuthenticationException>().FirstOrDefault() is { } tls)
        {
            return $"no secure connection: {tls.Message}";
        }

        return causes.OfType<SocketException>().FirstOrDefault()?.Message ?? causes[^1].Message;
    }

    /// <summary>A time in the words of messages.</summary>
    public static string Text(TimeSpan time) => time >= TimeSpan.FromMinutes(2)
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
