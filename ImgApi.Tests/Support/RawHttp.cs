using System.Net.Sockets;
using System.Text;

namespace ImgApi.Tests.Support;

/// <summary>Requests that no well-behaved client can send.</summary>
internal static class RawHttp
{
    /// <summary>Sends the bytes of a request and reads until the server closes.</summary>
    public static async Task<string> SendAsync(Uri server, string request)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(server.Host, server.Port);
        var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        using var answer = new MemoryStream();
        try
        {
            await stream.CopyToAsync(answer);
        }
        catch (IOException) when (answer.Length > 0)
        {
            // A server that has answered may reset a connection on which an unwanted body was announced.
        }

        return Encoding.UTF8.GetString(answer.ToArray());
    }

    /// <summary>A request without body for exactly this target.</summary>
    public static Task<string> SendAsync(Uri server, string method, string target, string headers = "") =>
        SendAsync(server, $"{method} {target} HTTP/1.1\r\nHost: {server.Authority}\r\nConnection: close\r\n{headers}\r\n");
}
