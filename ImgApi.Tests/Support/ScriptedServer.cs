using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace ImgApi.Tests.Support;

/// <summary>
/// A web server that can misbehave: it passes the head of each request to the test's script, which may write any bytes and stop at any
/// point. Serves one request per connection.
/// </summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<Exchange, Task> _script;
    private readonly X509Certificate2? _certificate;
    private readonly Task _accepting;

    /// <param name="script">Answers one request; the connection is closed when it returns.</param>
    /// <param name="certificate">For TLS; null for plain HTTP.</param>
    public ScriptedServer(Func<Exchange, Task> script, X509Certificate2? certificate = null)
    {
        (_script, _certificate) = (script, certificate);
        _listener.Start();
        var port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        Address = new UriBuilder(certificate is null ? "http" : "https", "127.0.0.1", port).Uri;
        _accepting = AcceptAsync();
    }

    public Uri Address { get; }

    /// <summary>The requests so far, in order of arrival.</summary>
    public ConcurrentQueue<Exchange> Requests { get; } = new();

    /// <summary>The requests for files so far.</summary>
    public Exchange[] FileRequests => [.. Requests.Where(request => request.Target.Contains("/file", StringComparison.Ordinal))];

    /// <summary>A server that answers every request with the same bytes.</summary>
    public static ScriptedServer Saying(string head, string body = "") => new(exchange => exchange.SendAsync(head, body));

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync());
            }
            catch (Exception e) when (e is SocketException or InvalidOperationException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient connection)
    {
        using (connection)
        {
            try
            {
                await using var stream = await OpenAsync(connection);
                if (await Exchange.ReadAsync(stream) is { } exchange)
                {
                    Requests.Enqueue(exchange);
                    await _script(exchange);
                }
            }
            catch (Exception e) when (e is IOException or SocketException or System.Security.Authentication.AuthenticationException)
            {
                // The client closed the connection or refused the certificate.
            }
        }
    }

    private async Task<Stream> OpenAsync(TcpClient connection)
    {
        if (_certificate is null)
        {
            return connection.GetStream();
        }

        var tls = new SslStream(connection.GetStream());
        await tls.AuthenticateAsServerAsync(_certificate);
        return tls;
    }
}
