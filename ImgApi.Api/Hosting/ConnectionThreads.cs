using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace ImgApi.Api.Hosting;

/// <summary>
/// Which threads the work of a connection is done on. What is quick is done by the thread that waits for the socket, from the
/// request's first byte to the answer's last: handing it to another costs a quarter of the processor time of a small answer. What
/// might wait leaves that thread first, see <see cref="LongWay"/>.
/// </summary>
internal static class ConnectionThreads
{
    // Read by the runtime when the process makes its first socket. There is no other way to say so.
    private const string OnSocketThreads = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    /// <summary>
    /// To be called before the process makes a socket. What the operator has set in the environment stays. A server that is debugged
    /// writes lines of log for every request, and has to wait for whoever reads them: not on these threads.
    /// </summary>
    public static void StayOnSocketThreads(LogLevel logLevel)
    {
        if (logLevel >= LogLevel.Information && Environment.GetEnvironmentVariable(OnSocketThreads) is null)
        {
            Environment.SetEnvironmentVariable(OnSocketThreads, "1");
        }
    }

    /// <summary>
    /// A request is served by the thread that received it and sent by the thread that made the answer, instead of two more: measured,
    /// a quarter to a third less processor time for files. It is called unsafe since a handler that waited, blocking its thread,
    /// for more of its own connection would wait for ever; none does, each awaits.
    /// </summary>
    public static void Apply(SocketTransportOptions sockets)
    {
        sockets.UnsafePreferInlineScheduling = true;
        SendBuffer.Bound(sockets);
    }

    /// <summary>Lets requests decide which thread they go on with.</summary>
    /// <param name="listen">What is listened on; nothing is to be added to it before.</param>
    /// <param name="isSecure">Whether connections are encrypted: that is not quick.</param>
    public static void Apply(ListenOptions listen, bool isSecure) => listen.Use(next => async connection =>
    {
        var transport = connection.Transport;
        var thread = new SocketThread(transport, mayStay: !isSecure);
        connection.Features.Set(thread);
        connection.Transport = thread;
        try
        {
            await next(connection);
        }
        finally
        {
            connection.Transport = transport;
        }
    });
}
