using System.Net;
using System.Net.Sockets;

namespace ImgApi.Infrastructure.Remote;

/// <summary>
/// Connections of one degree of trust. Where addresses are guarded, a host is resolved and judged before a request, and what is
/// connected to is judged again, so that a name which resolves otherwise the second time gains nothing. Behind a proxy only the
/// first can be done, since the proxy resolves for itself.
/// </summary>
internal sealed class RemoteConnections : IDisposable
{
    private readonly HttpMessageInvoker _invoker;
    private readonly IWebProxy _proxy;
    private readonly bool _guarded;
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _lookUp;

    /// <param name="options">For timeouts and the proxy.</param>
    /// <param name="guarded">Whether addresses are judged.</param>
    /// <param name="insecure">Whether any certificate will do.</param>
    /// <param name="lookUp">Finds the addresses of a name; null for the system's way.</param>
    public RemoteConnections(
        RemoteOptions options, bool guarded, bool insecure, Func<string, CancellationToken, Task<IPAddress[]>>? lookUp = null)
    {
        _guarded = guarded;
        _lookUp = lookUp ?? Dns.GetHostAddressesAsync;
        _proxy = options.Proxy is { } proxy ? ProxyOf(proxy) : HttpClient.DefaultProxy;
#pragma warning disable CA2000 // the invoker disposes it
        _invoker = new HttpMessageInvoker(Handler(options, insecure));
#pragma warning restore CA2000
    }

    /// <summary>Sends a request; returns when the headers of the answer are there.</summary>
    /// <exception cref="ForbiddenAddressException">The host must not be talked to.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        if (_guarded)
        {
            await JudgeAsync(request.RequestUri!, cancellation);
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
#pragma warning disable CA5359 // what the operator chose with allowInsecure
            handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        }

        return handler;
    }

    private async Task JudgeAsync(Uri url, CancellationToken cancellation)
    {
        try
        {
            Judge(url.Host, await ResolveAsync(url.IdnHost, cancellation));
        }
        catch (SocketException)
        {
            // Unknown here: the connection will say so, or the proxy knows it.
        }
    }

    /// <summary>The addresses of a host; of an address itself, which name services do not all take.</summary>
    private async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellation) =>
        IPAddress.TryParse(host, out var address) ? [address] : await _lookUp(host, cancellation);

    private static IPAddress[] Judge(string host, IPAddress[] addresses) =>
        AddressGuard.IsAnyForbidden(addresses) ? throw new ForbiddenAddressException(host) : addresses;

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var target = context.DnsEndPoint;
        var addresses = await ResolveAsync(target.Host, cancellation);
        if (_guarded && !IsProxy(target, context.InitialRequestMessage))
        {
            Judge(target.Host, addresses);
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, target.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>
    /// The operator's proxy may be on this machine. Whether a request goes through it does not hang on what is connected to;
    /// CONNECT, which asks it for a tunnel, is sent by nobody but the handler.
    /// </summary>
    private bool IsProxy(DnsEndPoint target, HttpRequestMessage request) =>
        request.Method == HttpMethod.Connect
        || (request.RequestUri is { } url && !_proxy.IsBypassed(url) && _proxy.GetProxy(url) is { } proxy && proxy != url
            && target.Host.Equals(proxy.IdnHost, StringComparison.OrdinalIgnoreCase) && target.Port == proxy.Port);
}
