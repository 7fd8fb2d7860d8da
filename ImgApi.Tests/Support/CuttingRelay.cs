using System.Net;
using System.Net.Sockets;

namespace ImgApi.Tests.Support;

/// <summary>Passes TCP connections on to a server, and cuts each of them after a random number of bytes from the client.</summary>
internal sealed class CuttingRelay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Uri _server;
    private readonly Func<long> _nextLimit;
    private readonly Task _accepting;
    private int _cuts;

    /// <param name="nextLimit">The number of bytes after which the next connection is cut. Called by one connection at a time.</param>
    public CuttingRelay(Uri server, Func<long> nextLimit)
    {
        (_server, _nextLimit) = (server, nextLimit);
        _listener.Start();
        Address = new UriBuilder("http", "127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port).Uri;
        _accepting = AcceptAsync();
    }

    public Uri Address { get; }

    /// <summary>Number of connections that were cut so far.</summary>
    public int Cuts => _cuts;

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
                _ = RelayAsync(await _listener.AcceptTcpClientAsync(), _nextLimit());
            }
            catch (Exception e) when (e is SocketException or InvalidOperationException)
            {
                return;
            }
        }
    }

    private async Task RelayAsync(TcpClient client, long limit)
    {
        using (client)
        using (var server = new TcpClient())
        {
            try
            {
                await server.ConnectAsync(_server.Host, _server.Port);
                var answers = server.GetStream().CopyToAsync(client.GetStream());
                if (await CopyAsync(client.GetStream(), server.GetStream(), limit))
                {
                    server.Client.Shutdown(SocketShutdown.Send);
                    await answers;
                    return;
                }

                Interlocked.Increment(ref _cuts);
                // A reset, as from a router that forgot the connection. The server sees the end without the rest of the body.
                client.LingerState = server.LingerState = new LingerOption(enable: true, seconds: 0);
            }
            catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
            {
                // One of the two has closed the connection.
            }
        }
    }

    /// <returns>False if the limit was reached.</returns>
    private static async Task<bool> CopyAsync(NetworkStream from, NetworkStream to, long limit)
    {
        var buffer = new byte[64 * 1024];
        for (long copied = 0; await from.ReadAsync(buffer) is var count and > 0; copied += count)
        {
            var allowed = (int)Math.Min(count, limit - copied);
            await to.WriteAsync(buffer.AsMemory(0, allowed));
            if (allowed < count)
            {
                return false;
            }
        }

        return true;
    }
}
