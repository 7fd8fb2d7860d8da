using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ImgApi.Api.Hosting;

/// <summary>
/// Closes connections with an incomplete request head when the server stops. Kestrel closes idle connections itself and waits for all
/// others, so anybody could delay a shutdown with half a request.
/// </summary>
internal static class UnbegunRequests
{
    // A complete request begins within this time. Closing its connection would cut off its answer.
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(1);

    /// <summary>Adds the handler of connections.</summary>
    /// <param name="listen">The endpoint. TLS has to be added later, so that incomplete handshakes are closed too.</param>
    /// <param name="services">Has the server's lifetime and the clock.</param>
    public static void CloseAtStop(ListenOptions listen, IServiceProvider services)
    {
        var stopping = services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        var clock = services.GetRequiredService<TimeProvider>();
        listen.Use(next => async connection =>
        {
            var state = new ConnectionState();
            connection.Features.Set(state);
            await using var registration = stopping.Register(() => _ = CloseAsync(connection, state, clock));
            try
            {
                await next(connection);
            }
            finally
            {
                state.HasEnded = true;
            }
        });
    }

    private static async Task CloseAsync(ConnectionContext connection, ConnectionState state, TimeProvider clock)
    {
        await Task.Delay(Settle, clock);
        if (!state.ServesRequest && !state.HasEnded)
        {
            EndInput(connection);
        }
    }

    private static void EndInput(ConnectionContext connection)
    {
        try
        {
            connection.Features.GetRequiredFeature<IConnectionSocketFeature>().Socket.Shutdown(SocketShutdown.Receive);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // The client closed it first.
        }
    }

    /// <summary>Marks connections that serve a request, for which the shutdown waits.</summary>
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

        public volatile bool HasEnded;
    }
}
