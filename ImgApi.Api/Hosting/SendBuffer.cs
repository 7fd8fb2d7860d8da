using ImgApi.Infrastructure.Posix;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace ImgApi.Api.Hosting;

/// <summary>Limits how much of an answer the kernel buffers, see <see cref="UnsentBytes"/>.</summary>
internal static class SendBuffer
{
    public const int MaxUnsent = 1024 * 1024;

    /// <summary>Sets the limit for all connections.</summary>
    public static void Limit(SocketTransportOptions sockets) => sockets.CreateBoundListenSocket = address =>
    {
        var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(address);
        UnsentBytes.Limit(socket, MaxUnsent);
        return socket;
    };
}
