using System.Net.Sockets;
using System.Text;

namespace ImgApi.Tests.Support;

/// <summary>Requests that an HTTP client library refuses to send.</summary>
internal static class RawHttp
{
    /// <summary>Sends the bytes of a request and reads until the server closes the connection.</summary>
    public static async Task<string> SendAsync(Uri server, string request)
    {
        using var connection = await ConnectAsync(server, request);
        return await ReadAsync(connection.GetStream(), []);
    }

    /// <summary>Sends a request without its announced body, and closes the sending half as soon as the answer begins.</summary>
    public static async Task<string> SendHeadersAsync(Uri server, string request)
    {
        using var connection = await ConnectAsync(server, request);
        var stream = connection.GetStream();
        var begin = new byte[1024];
        var count = await stream.ReadAsync(begin);
        connection.Client.Shutdown(SocketShutdown.Send);
        return await ReadAsync(stream, begin[..count]);
    }

    private static async Task<TcpClient> ConnectAsync(Uri server, string request)
    {
        var connection = new TcpClient();
        await connection.ConnectAsync(server.Host, server.Port);
        await connection.GetStream().WriteAsync(Encoding.Latin1.GetBytes(request));
        return connection;
    }

    private static async Task<string> ReadAsync(Stream stream, byte[] begin)
    {
        using var answer = new MemoryStream();
        answer.Write(begin);
        try
        {
            await stream.CopyToAsync(answer);
        }
        catch (IOException) when (answer.Length > 0)
        {
            // After its answer the server may reset the connection because of the announced body.
        }

        return Encoding.UTF8.GetString(answer.ToArray());
    }

    /// <summary>Sends a request without a body, with the target exactly as given.</summary>
    public static Task<string> SendAsync(Uri server, string method, string target, string headers = "") =>
        SendAsync(server, $"{method} {target} HTTP/1.1\r\nHost: {server.Authority}\r\nConnection: close\r\n{headers}\r\n");
}
