using System.Net.Sockets;
using System.Text;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Security.Abuse;

/// <summary>Many connections to one server that all say the same, and then do what no proper client does.</summary>
internal sealed class Clients : IDisposable
{
    private readonly List<Socket> _sockets = [];

    /// <summary>Connects and sends; a server may have closed some of the connections by then.</summary>
    /// <param name="server">The server.</param>
    /// <param name="count">How many.</param>
    /// <param name="text">What each sends.</param>
    /// <param name="receiveBuffer">Bytes that the kernel takes from the server for each; null for the usual number.</param>
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

    /// <summary>Reads what each gets until the server closes.</summary>
    public Task<string[]> ReadToEndAsync() => Task.WhenAll(_sockets.Select(ReadToEndAsync));

    /// <summary>Waits until the first bytes of each answer have come, and reads none.</summary>
    public Task AllHaveAnAnswerAsync() => Eventually.TrueAsync(() => _sockets.TrueForAll(socket => socket.Available > 0));

    /// <summary>Goes away without a word.</summary>
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
            // Closed already; what was read tells.
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
            // A reset is an end too.
        }

        return answer.ToString();
    }
}
