using ImgApi.Api.Configuration;
using ImgApi.Api.Http;
using ImgApi.Api.Responses;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace ImgApi.Api.Hosting;

/// <summary>Kestrel's connections, endpoints and request limits.</summary>
internal static class KestrelLimits
{
    // Bytes, and no more than the limit of all headers together.
    private const int MaxRequestLine = 32 * 1024;

    private const string StrictLineEnds = "Microsoft.AspNetCore.Server.Kestrel.DisableHttp1LineFeedTerminators";

    /// <summary>Sets up the connections.</summary>
    public static void Apply(SocketTransportOptions sockets)
    {
        // An eighth less processor time for eight downloads at once. Unsafe for handlers that block their thread; none does.
        sockets.UnsafePreferInlineScheduling = true;
        SendBuffer.Bound(sockets);
    }

    /// <summary>Sets up endpoints and request limits.</summary>
    public static void Apply(KestrelServerOptions kestrel, ServerConfiguration configuration)
    {
        // A line that ends in LF alone ends elsewhere for other readers. There is no other way to say so.
        AppContext.SetSwitch(StrictLineEnds, true);
        kestrel.AddServerHeader = false;
        kestrel.Listen(configuration.Address, configuration.Port, listen =>
        {
            // Nothing that asks for images speaks another version.
            listen.Protocols = HttpProtocols.Http1;
            UnbegunRequests.DropAtStop(listen, kestrel.ApplicationServices);
            if (configuration.Tls is not null)
            {
                listen.Use(next => connection => PlainHttpOnTls.HandleAsync(connection, next));
                var certificate = kestrel.ApplicationServices.GetRequiredService<ServerCertificate>();
                listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => new(certificate.Current()) });
            }
        });

        kestrel.Limits.MaxConcurrentConnections = configuration.MaxConnections ?? OpenFiles.Connections();

        kestrel.Limits.MinResponseDataRate = TransferRates.Answers;

        // Long filters are legal; the default of 8 KiB would answer them without a body.
        kestrel.Limits.MaxRequestLineSize = MaxRequestLine;

        // The routes that take files lift this; JSON has a lower limit of its own, and the rest up to this one is drained,
        // so that a client that sends too much still reads why it was refused.
        kestrel.Limits.MaxRequestBodySize = ErrorWriter.DrainLimit;
    }
}
