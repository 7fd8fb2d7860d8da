using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ImgApi.Api.Hosting;

/// <summary>
/// When the server stops, it drops the connections on which only a part of a request has come. The web server closes idle connections itself
/// and waits for the others: anybody could delay each stop by half a request.
/// </summary>
internal static class UnbegunRequests
{
    // A request that has come whole begins in this time. To drop its connection would cut its answer.
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(1);

    /// <summary>Drops such connections when the server stops.</summary>
    /// <param name="listen">What is listened on. TLS has to be added later, so that its handshakes are dropped too.</param>
    /// <param name="services">For the lifetime of the server and its clock.</param>
    public static void DropAtStop(ListenOptions listen, IServiceProvider services)
    {
        var stopping = services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        var clock = services.GetRequiredService<TimeProvider>();
        listen.Use(next => async connection =>
        {
            var state = new ConnectionState();
            connection.Features.Set(state);
            await using var registration = stopping.Register(() => _ = DropAsync(connection, state, clock));
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

    private static async Task DropAsync(ConnectionContext connection, ConnectionState state, TimeProvider clock)
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

        public volatile bool HasEnded;
    }
}
