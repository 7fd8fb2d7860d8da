using System.Net;
using System.Net.Sockets;

namespace ImgApi.Api.Hosting;

/// <summary>Explains why the server cannot listen, and how to fix it.</summary>
internal static class ListenFault
{
    /// <summary>A sentence without a full stop; null if the start failed for another reason.</summary>
    /// <param name="fault">The exception of the start.</param>
    /// <param name="endpoint">Configured address and port.</param>
    public static string? Describe(Exception fault, IPEndPoint endpoint)
    {
        for (var cause = fault; cause is not null; cause = cause.InnerException)
        {
            if (cause is SocketException socket)
            {
                return $"cannot listen on {endpoint}: {Reason(socket, endpoint)}";
            }
        }

        return null;
    }

    private static string Reason(SocketException fault, IPEndPoint endpoint) => fault.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse =>
            $"another program uses port {endpoint.Port}; stop it, or set another \"port\" in the configuration",
        SocketError.AddressNotAvailable =>
            "this machine has no such address; set \"address\" in the configuration to one of its addresses, or to 0.0.0.0 for all",
        SocketError.AccessDenied =>
            $"this user may not use port {endpoint.Port}; set a \"port\" above 1023, or give the program the capability CAP_NET_BIND_SERVICE",
        _ => fault.Message,
    };
}
