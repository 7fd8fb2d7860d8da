using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ImgApi.Api.Hosting;

/// <summary>
/// When the server stops, it reads no more from connections on which no request has begun. The web server itself would wait for a request of
/// which a part has come: anybody could delay each stop by that. What is still being sent to the client is sent.
/// </summary>
internal static class UnbegunRequests
{
    /// <summary>Drops such connections when the server stops.</summary>
    /// <param name="listen">What is listened on. TLS has to be added later, so that its handshakes are dropped too.</param>
    /// <param name="stopping">Cancelled when the server begins to stop.</param>
    public static void DropAtStop(ListenOptions listen, CancellationToken stopping) => listen.Use(next => async connection =>
    {
        var state = new ConnectionState();
        connection.Features.Set(state);
        await using var registration = stopping.Register(() =>
        {
            if (!state.ServesRequest)
            {
                EndInput(connection);
            }
        });
        await next(connection);
    });

    private static void EndInput(ConnectionContext connection)
    {
        try
        {
            connection.Features.GetRequiredFeature<IConnectionSocketFeature>().Socket.Shutdown(SocketShutdown.Receive);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // The client was faster.
        }
    }

    /// <summary>Marks connections while they serve a request, for which the stop waits.</summary>
    internal sealed class Marker(RequestDelegate next)
    {
        public async Task InvokeAsync(HttpContext context)
        {
            var state = context.Features.GetRequiredFeature<ConnectionState>();
            state.ServesRequest = true;
            try
            {
                await next(context);
            }
            finally
            {
                state.ServesRequest = false;
            }
        }
    }

    private sealed class ConnectionState
    {
        public volatile bool ServesRequest;
    }
}
