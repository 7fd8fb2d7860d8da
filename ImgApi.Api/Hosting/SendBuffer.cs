using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace ImgApi.Api.Hosting;

/// <summary>
/// Limits how much of an answer the kernel buffers. By default it buffers up to 4 MiB, and Linux asks for more only when a third of that has
/// been sent: a client that steadily reads 12 KB per second would look as if it did not read for 100 seconds.
/// </summary>
internal static class SendBuffer
{
    /// <summary>Maximum bytes that the kernel has not sent yet. Sent bytes are not limited, so that distant clients get full speed.</summary>
    public const int MaxUnsent = 1024 * 1024;

    private const int Tcp = 6;
    private const int NotSentLowWater = 25; // TCP_NOTSENT_LOWAT of Linux

    /// <summary>Sets the limit for all connections.</summary>
    public static void Limit(SocketTransportOptions sockets) => sockets.CreateBoundListenSocket = address =>
    {
        var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(address);
        if (OperatingSystem.IsLinux())
        {
            socket.SetRawSocketOption(Tcp, NotSentLowWater, BitConverter.GetBytes(MaxUnsent));
        }

        return socket;
    };
}
