using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Connections;

namespace ImgApi.Api.Hosting;

/// <summary>Answers plain HTTP on a TLS port with an explanation. Without it, the failed handshake would just close the connection.</summary>
internal static class PlainHttpOnTls
{
    private const string Reason = "This port speaks HTTPS only: use https:// instead of http://.\n";

    // First byte of a TLS record that begins a handshake (RFC 8446, section 5.1).
    private const byte Handshake = 0x16;

    // The same as Kestrel's limit for a handshake.
    private static readonly TimeSpan BeginTimeout = TimeSpan.FromSeconds(10);

    private static readonly byte[] Answer = Encoding.ASCII.GetBytes(
        $"HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: {Reason.Length}\r\n\r\n{Reason}");

    /// <summary>Checks the first byte of a connection before the handshake.</summary>
    public static async Task HandleAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionClosed);
        limit.CancelAfter(BeginTimeout);
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
