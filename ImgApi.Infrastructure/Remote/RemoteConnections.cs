using System.Net;
using System.Net.Sockets;
using ImgApi.Infrastructure.Posix;

namespace ImgApi.Infrastructure.Remote;

/// <summary>
/// The connections of one level of trust. If addresses are guarded, the host's addresses are checked before a request, and again when the
/// connection is made, since the name may then resolve differently. Behind a proxy, which resolves names itself, only the first check is possible.
/// </summary>
internal sealed class RemoteConnections : IDisposable
{
    // So few that the progress of an upload is that of the line.
    private const int MaxUnsent = 128 * 1024;

    private readonly HttpMessageInvoker _invoker;
    private readonly IWebProxy _proxy;
    private readonly bool _guarded;
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _lookUp;

    /// <param name="guarded">Whether addresses are checked by <see cref="AddressGuard"/>.</param>
    /// <param name="insecure">Whether any certificate is accepted.</param>
    /// <param name="lookUp">Resolves a name; null for the system's resolver.</param>
    public RemoteConnections(
        RemoteOptions options, bool guarded, bool insecure, Func<string, CancellationToken, Task<IPAddress[]>>? lookUp = null)
    {
        _guarded = guarded;
        _lookUp = lookUp ?? Dns.GetHostAddressesAsync;
        _proxy = options.Proxy is { } proxy ? ProxyOf(proxy) : HttpClient.DefaultProxy;
#pragma warning disable CA2000 // disposed by the invoker
        _invoker = new HttpMessageInvoker(options.Around is { } around ? around(Handler(options, insecure)) : Handler(options, insecure));
#pragma warning restore CA2000
    }

    /// <summary>Sends a request, and returns when the headers of the response have arrived.</summary>
    /// <exception cref="ForbiddenAddressException">The host has a forbidden address.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        if (_guarded)
        {
            await CheckAsync(request.RequestUri!, cancellation);
        }

        return await _invoker.SendAsync(request, cancellation);
    }

    public void Dispose() => _invoker.Dispose();

    private static WebProxy ProxyOf(Uri url)
    {
        var proxy = new WebProxy(new Uri(url.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)));
        if (url.UserInfo.Length > 0)
        {
            var parts = url.UserInfo.Split(':', 2).Select(Uri.UnescapeDataString).ToArray();
            proxy.Credentials = new NetworkCredential(parts[0], parts.Length > 1 ? parts[1] : "");
        }

        return proxy;
    }

    private SocketsHttpHandler Handler(RemoteOptions options, bool insecure)
    {
        var handler = new SocketsHttpHandler
        {
            ActivityHeadersPropagator = null,
            AllowAutoRedirect = false,
            ConnectTimeout = options.ConnectTimeout,
            MaxResponseDrainSize = 0,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            Proxy = _proxy,
            UseCookies = false,
            ConnectCallback = ConnectAsync,
        };
        if (insecure)
        {
#pragma warning disable CA5359 // chosen by the operator with allowInsecure
            handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        }

        return handler;
    }

    private async Task CheckAsync(Uri url, CancellationToken cancellation)
    {
        try
        {
            Check(url.Host, await ResolveAsync(url.IdnHost, cancellation));
        }
        catch (SocketException)
        {
            // An unknown name: the connection will fail, or the proxy knows it.
        }
    }

    /// <summary>Not every resolver accepts addresses, so they are not passed to it.</summary>
    private async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellation) =>
        IPAddress.TryParse(host, out var address) ? [address] : await _lookUp(host, cancellation);

    private static void Check(string host, IPAddress[] addresses)
    {
        if (AddressGuard.IsAnyForbidden(addresses))
        {
            throw new ForbiddenAddressException(host);
        }
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var target = context.DnsEndPoint;
        var addresses = await ResolveAsync(target.Host, cancellation);
        if (_guarded && !IsProxy(target, context.InitialRequestMessage))
        {
            Check(target.Host, addresses);
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            UnsentBytes.Limit(socket, MaxUnsent);
            await socket.ConnectAsync(addresses, target.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The operator's proxy may be on this machine. Only the handler sends CONNECT, which opens a tunnel through the proxy.</summary>
    private bool IsProxy(DnsEndPoint target, HttpRequestMessage request) =>
        request.Method == HttpMethod.Connect
        || (request.RequestUri is { } url && !_proxy.IsBypassed(url) && _proxy.GetProxy(url) is { } proxy && proxy != url
            && target.Host.Equals(proxy.IdnHost, StringComparison.OrdinalIgnoreCase) && target.Port == proxy.Port);
}
