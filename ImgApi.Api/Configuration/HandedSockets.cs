using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ImgApi.Api.Configuration;

/// <summary>
/// The sockets that systemd has opened for this process, if its unit has a socket unit. The server then listens on these instead of its own, so
/// that connections wait in them while it restarts.
/// </summary>
internal static class HandedSockets
{
    // Standard input, output and error come before.
    private const int First = 3;

    /// <summary>The addresses of the sockets; none if the server has to open its own.</summary>
    /// <exception cref="SocketException">One of them is not a socket.</exception>
    public static IReadOnlyList<EndPoint> Addresses() =>
        Environment.GetEnvironmentVariable("LISTEN_PID") == Environment.ProcessId.ToString(CultureInfo.InvariantCulture)
        && int.TryParse(Environment.GetEnvironmentVariable("LISTEN_FDS"), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? [.. Enumerable.Range(First, count).Select(AddressOf)]
            : [];

    /// <summary>The configuration with the address and port of the sockets, which are in force instead of the configured ones.</summary>
    /// <exception cref="ConfigurationException">A socket is not one of TCP.</exception>
    public static ServerConfiguration ApplyTo(ServerConfiguration configuration, string name)
    {
        var addresses = Addresses();
        if (addresses.Count == 0)
        {
            return configuration;
        }

        var ofTcp = addresses.OfType<IPEndPoint>().ToArray();
        return ofTcp.Length == addresses.Count
            ? configuration with { Address = CommonAddress(ofTcp), Port = ofTcp[0].Port }
            : throw new ConfigurationException(name, ["the unit imgapi.socket must name ports of TCP only"]);
    }

    private static EndPoint AddressOf(int handle)
    {
        using var socket = new Socket(new SafeSocketHandle(handle, ownsHandle: false));
        return socket.LocalEndPoint!;
    }

    /// <summary>Several addresses count as all of the machine: what is refused on a public address is refused then too.</summary>
    private static IPAddress CommonAddress(IPEndPoint[] sockets) =>
        sockets.Select(socket => socket.Address).Distinct().ToArray() is [var one] ? one : IPAddress.Any;
}
