using System.Net;
using System.Net.Sockets;

namespace ImgApi.Tests.Support;

/// <summary>TCP ports of this machine.</summary>
internal static class Ports
{
    private static readonly SemaphoreSlim Turns = new(1);

    // Below the kernel's ephemeral ports. Concurrent test runs begin at different ports.
    private static int _last = 10_000 + (Environment.ProcessId % 20_000);

    /// <summary>An unused port of the loopback interface, which no other fixture gets.</summary>
    public static int Free()
    {
        while (true)
        {
            var port = Interlocked.Increment(ref _last);
            if (IsFree(IPAddress.Loopback, port))
            {
                return port;
            }
        }
    }

    /// <summary>
    /// Reserves a fixed port. Waits until no other fixture has one. If another program uses the port, the test is skipped, or fails in CI.
    /// </summary>
    /// <returns>Releases the port when it is disposed.</returns>
    public static async Task<IDisposable> TakeAsync(int port)
    {
        await Turns.WaitAsync();
        var turn = new Turn();
        if (!IsFree(IPAddress.Any, port))
        {
            turn.Dispose();
            Tools.Missing($"another program uses port {port}, the default port of the server");
        }

        return turn;
    }

    private static bool IsFree(IPAddress address, int port)
    {
        try
        {
            using var probe = new TcpListener(address, port);
            probe.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private sealed class Turn : IDisposable
    {
        public void Dispose() => Turns.Release();
    }
}
