using System.Net;
using System.Net.Sockets;

namespace ImgApi.Tests.Support;

/// <summary>TCP ports of this machine.</summary>
internal static class Ports
{
    private static readonly SemaphoreSlim Turns = new(1);

    // Below the ports that the kernel gives to programs which ask for any; runs beside each other begin at different ones.
    private static int _last = 10_000 + (Environment.ProcessId % 20_000);

    /// <summary>A port of the loopback interface that nobody uses, and that no other fixture is given.</summary>
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
    /// Waits until no other fixture has a fixed port. Then skips the test, and fails it in CI, if another program uses the port.
    /// Fixtures with a fixed port take turns, and the others run beside them.
    /// </summary>
    /// <returns>Gives the port back when it is disposed.</returns>
    public static async Task<IDisposable> TakeAsync(int port)
    {
        await Turns.WaitAsync();
        var turn = new Turn();
        if (!IsFree(IPAddress.Any, port))
        {
            turn.Dispose();
            Tools.Missing($"another program uses port {port}, which a server without a configuration takes");
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
