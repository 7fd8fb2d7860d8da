using System.Net.Sockets;
using System.Text;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Security.Abuse;

/// <summary>Many connections to one server that all send the same text and then misbehave.</summary>
internal sealed class Clients : IDisposable
{
    private readonly List<Socket> _sockets = [];

    /// <summary>Connects and sends. The server may already have closed some of the connections when this returns.</summary>
    /// <param name="server">The server.</param>
    /// <param name="count">The number of connections.</param>
    /// <param name="text">The text that each sends.</param>
    /// <param name="receiveBuffer">The size in bytes of each receive buffer; null for the default of the system.</param>
    public static async Task<Clients> ConnectAsync(Uri server, int count, string text, int? receiveBuffer = null)
    {
        var clients = new Clients();
        for (var i = 0; i < count; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            clients._sockets.Add(socket);
            if (receiveBuffer is { } size)
            {
                socket.ReceiveBufferSize = size;
            }

            await socket.ConnectAsync(server.Host, server.Port);
            await SendAsync(socket, text);
        }

        return clients;
    }

    /// <summary>Reads each answer until the server closes the connection.</summary>
    public Task<string[]> ReadToEndAsync() => Task.WhenAll(_sockets.Select(ReadToEndAsync));

    /// <summary>Waits until the first bytes of each answer have arrived, without reading them.</summary>
    public Task AllHaveAnAnswerAsync() => Eventually.TrueAsync(() => _sockets.TrueForAll(socket => socket.Available > 0));

    /// <summary>Closes all connections.</summary>
    public void Dispose()
    {
        _sockets.ForEach(socket => socket.Dispose());
        _sockets.Clear();
    }

    private static async Task SendAsync(Socket socket, string text)
    {
        try
        {
            await socket.SendAsync(Encoding.Latin1.GetBytes(text));
        }
        catch (SocketException)
        {
            // The server has closed the connection; its answer is checked when it is read.
        }
    }

    private static async Task<string> ReadToEndAsync(Socket socket)
    {
        var answer = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            while (await socket.ReceiveAsync(buffer) is var count and > 0)
            {
                answer.Append(Encoding.Latin1.GetString(buffer, 0, count));
            }
        }
        catch (SocketException)
        {
            // A reset ends the answer.
        }

        return answer.ToString();
    }
}
