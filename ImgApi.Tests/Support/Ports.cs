using System.Net;
using System.Net.Sockets;

namespace ImgApi.Tests.Support;

/// <summary>TCP ports of this machine.</summary>
internal static class Ports
{
    /// <summary>A port of the loopback interface that nobody uses at the moment.</summary>
    public static int Free()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    /// <summary>Skips the test, and fails it in CI, while another program uses the port.</summary>
    public static void Require(int port)
    {
        try
        {
            using var probe = new TcpListener(IPAddress.Any, port);
            probe.Start();
        }
        catch (SocketException)
        {
            Tools.Missing($"another program uses port {port}, which a server without a configuration takes");
        }
    }
}
