using System.Net;
using System.Net.Sockets;

namespace ImgApi.Tests.Support;

/// <summary>A line between a client and a server that can break, stall or be slow. It passes TCP connections on.</summary>
internal sealed class Relay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<Uri> _server;
    private readonly Func<Relay, Line> _lineOf;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _accepting;
    private int _connections;
    private int _stalls;

    /// <param name="server">The server, which may move while the relay runs.</param>
    /// <param name="lineOf">The line of the next connection.</param>
    public Relay(Func<Uri> server, Func<Relay, Line> lineOf)
    {
        (_server, _lineOf) = (server, lineOf);
        // The relay itself holds few bytes, so that the client notices what happens to the line.
        _listener.Server.ReceiveBufferSize = 64 * 1024;
        _listener.Start();
        Address = new UriBuilder("http", "127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port).Uri;
        _accepting = AcceptAsync();
    }

    public Uri Address { get; }

    /// <summary>Number of connections so far.</summary>
    public int Connections => _connections;

    /// <summary>Number of connections that have stalled so far.</summary>
    public int Stalls => _stalls;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                var client = await _listener.AcceptTcpClientAsync();
                _ = PassAsync(client, _lineOf(this));
                _connections++;
            }
            catch (Exception e) when (e is SocketException or InvalidOperationException)
            {
                return;
            }
        }
    }

    private async Task PassAsync(TcpClient client, Line line)
    {
        using (client)
        using (var server = new TcpClient())
        {
            try
            {
                await server.ConnectAsync(_server().Host, _server().Port, _end.Token);
                var up = CopyAsync(client.GetStream(), server.GetStream(), line, line.Up);
                var down = CopyAsync(server.GetStream(), client.GetStream(), line, line.Down);
                await await Task.WhenAny(up, down);
                if (!line.Cuts)
                {
                    await Task.WhenAll(up, down);
                }

                client.LingerState = server.LingerState = new LingerOption(enable: true, seconds: 0);
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // One of the two has closed the connection, or the test is over.
            }
        }
    }

    private async Task CopyAsync(NetworkStream from, NetworkStream to, Line line, long limit)
    {
        var buffer = new byte[line.BlockSize];
        for (long copied = 0; await from.ReadAsync(buffer, _end.Token) is var count and > 0; copied += count)
        {
            await to.WriteAsync(buffer.AsMemory(0, (int)Math.Min(count, limit - copied)), _end.Token);
            if (copied + count >= limit)
            {
                if (!line.Cuts)
                {
                    Interlocked.Increment(ref _stalls);
                    await Task.Delay(Timeout.Infinite, _end.Token);
                }

                return;
            }

            await Task.Delay(line.Pause, _end.Token);
        }

        to.Socket.Shutdown(SocketShutdown.Send);
    }
}

/// <summary>The behavior of one connection.</summary>
/// <param name="Up">Number of bytes from the client after which the connection breaks or stalls.</param>
/// <param name="Down">Number of bytes to the client after which the connection breaks or stalls.</param>
/// <param name="Cuts">Whether it breaks; otherwise it stalls, open on both sides.</param>
internal sealed record Line(long Up, long Down, bool Cuts)
{
    public static Line Whole { get; } = new(long.MaxValue, long.MaxValue, Cuts: false);

    /// <summary>A line of 100 kB in a second. A buffer of 256 KiB takes longer than the tests allow without progress, two seconds.</summary>
    public static Line Slow { get; } = Whole with { BlockSize = 4 * 1024, Pause = TimeSpan.FromMilliseconds(40) };

    public int BlockSize { get; private init; } = 64 * 1024;

    public TimeSpan Pause { get; private init; }

    public static Line CutAfter(long up = long.MaxValue, long down = long.MaxValue) => new(up, down, Cuts: true);

    public static Line StallAfter(long up = long.MaxValue, long down = long.MaxValue) => new(up, down, Cuts: false);
}
