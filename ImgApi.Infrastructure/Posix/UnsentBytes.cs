using System.Net.Sockets;

namespace ImgApi.Infrastructure.Posix;

/// <summary>
/// Limits how much the kernel buffers for a connection. By default it buffers up to 4 MiB, and Linux asks for more only when a third of that has
/// been sent: a connection that steadily sends 12 KB per second would look as if it did not send for 100 seconds.
/// </summary>
public static class UnsentBytes
{
    private const int Tcp = 6;
    private const int NotSentLowWater = 25; // TCP_NOTSENT_LOWAT of Linux

    /// <summary>Sets the limit of a socket, and of the connections that a listening socket accepts.</summary>
    /// <param name="max">Maximum bytes that the kernel has not sent yet. Sent bytes are not limited, so that distant peers get full speed.</param>
    public static void Limit(Socket socket, int max)
    {
        if (OperatingSystem.IsLinux())
        {
            socket.SetRawSocketOption(Tcp, NotSentLowWater, BitConverter.GetBytes(max));
        }
    }
}
