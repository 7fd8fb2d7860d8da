using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace ImgApi.Api.Hosting;

/// <summary>
/// Bounds what the kernel takes from an answer before it is on its way. Without the bound that is up to 4 MiB, and Linux asks for more only when
/// a third of it has gone: a client that reads 12 KB a second steadily would look as if it did not read for 100 seconds.
/// </summary>
internal static class SendBuffer
{
    /// <summary>Bytes that are not on their way yet. What is on its way has no bound, so that distant clients are served at full speed.</summary>
    public const int MaxUnsent = 1024 * 1024;

    private const int Tcp = 6;
    private const int NotSentLowWater = 25; // TCP_NOTSENT_LOWAT of Linux

    /// <summary>Sets the bound for all connections that will be taken.</summary>
    public static void Bound(SocketTransportOptions sockets) => sockets.CreateBoundListenSocket = address =>
    {
        var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(address);
        if (OperatingSystem.IsLinux())
        {
            socket.SetRawSocketOption(Tcp, NotSentLowWater, BitConverter.GetBytes(MaxUnsent));
        }

        return socket;
    };
}
