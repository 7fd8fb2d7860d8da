using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Connections;

namespace ImgApi.Api.Hosting;

/// <summary>Answers plain HTTP that is sent to a TLS port with a sentence; the handshake alone would cut the connection without a word.</summary>
internal static class PlainHttpOnTls
{
    private const string Reason = "This port speaks HTTPS only: use https:// instead of http://.\n";

    // First byte of a TLS record that begins a handshake (RFC 8446, section 5.1).
    private const byte Handshake = 0x16;

    // A handshake that has not begun by then does not count, as with the web server's own limit for it.
    private static readonly TimeSpan TimeToBegin = TimeSpan.FromSeconds(10);

    private static readonly byte[] Answer = Encoding.ASCII.GetBytes(
        $"HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: {Reason.Length}\r\n\r\n{Reason}");

    /// <summary>Looks at the first byte of a connection, before the handshake.</summary>
    public static async Task HandleAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionClosed);
        limit.CancelAfter(TimeToBegin);
        ReadResult first;
        try
        {
            first = await connection.Transport.Input.ReadAsync(limit.Token);
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            return;
        }

        var isHttp = first.Buffer is { IsEmpty: false, FirstSpan: [not Handshake, ..] };
        connection.Transport.Input.AdvanceTo(first.Buffer.Start);
        if (isHttp)
        {
            await connection.Transport.Output.WriteAsync(Answer, connection.ConnectionClosed);
            await connection.Transport.Output.CompleteAsync();
            return;
        }

        await next(connection);
    }
}
