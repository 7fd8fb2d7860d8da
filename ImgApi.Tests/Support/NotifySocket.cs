using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;

namespace ImgApi.Tests.Support;

/// <summary>The socket on which systemd hears its services, <c>NOTIFY_SOCKET</c>.</summary>
internal sealed class NotifySocket : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly ConcurrentQueue<string> _messages = new();

    public NotifySocket()
    {
        _socket.Bind(new UnixDomainSocketEndPoint(Variable.Split('=')[1]));
        _ = ReceiveAsync();
    }

    /// <summary>The environment variable of the service.</summary>
    public string Variable => "NOTIFY_SOCKET=" + _folder.Combine("notify");

    /// <summary>The messages so far.</summary>
    public IReadOnlyCollection<string> Messages => _messages;

    /// <summary>Waits until a message has arrived.</summary>
    /// <param name="count">How often it has to arrive.</param>
    public Task ReceivedAsync(string message, int count = 1) => Eventually.TrueAsync(() => _messages.Count(one => one == message) >= count);

    public void Dispose()
    {
        _socket.Dispose();
        _folder.Dispose();
    }

    private async Task ReceiveAsync()
    {
        var buffer = new byte[1024];
        try
        {
            while (true)
            {
                _messages.Enqueue(Encoding.UTF8.GetString(buffer, 0, await _socket.ReceiveAsync(buffer)));
            }
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
