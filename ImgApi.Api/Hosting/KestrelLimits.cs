using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace ImgApi.Api.Hosting;

/// <summary>Kestrel's connections, endpoints and request limits.</summary>
internal static class KestrelLimits
{
    // Bytes. Kestrel demands at most its limit for all headers.
    private const int MaxRequestLine = 32 * 1024;

    private const string StrictLineEnds = "Microsoft.AspNetCore.Server.Kestrel.DisableHttp1LineFeedTerminators";

    public static void Apply(SocketTransportOptions sockets)
    {
        // Saves an eighth of the processor time of eight concurrent downloads. Handlers must not block their thread; none does.
        sockets.UnsafePreferInlineScheduling = true;
        SendBuffer.Limit(sockets);
    }

    public static void Apply(KestrelServerOptions kestrel, ServerConfiguration configuration)
    {
        // A proxy may disagree about lines that end in LF alone, which allows request smuggling. Kestrel has no option, only this switch.
        AppContext.SetSwitch(StrictLineEnds, true);
        kestrel.AddServerHeader = false;
        if (HandedSockets.Addresses().Count > 0)
        {
            kestrel.UseSystemd(Configure);
        }
        else
        {
            kestrel.Listen(configuration.Address, configuration.Port, Configure);
        }

        void Configure(ListenOptions listen)
        {
            // No client of this API uses HTTP/2 or later.
            listen.Protocols = HttpProtocols.Http1;
            UnbegunRequests.CloseAtStop(listen, kestrel.ApplicationServices);
            if (configuration.Tls is not null)
            {
                listen.Use(next => connection => PlainHttpOnTls.HandleAsync(connection, next));
                var certificate = kestrel.ApplicationServices.GetRequiredService<ServerCertificate>();
                listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => new(certificate.Current()) });
            }
        }

        kestrel.Limits.MaxConcurrentConnections = configuration.MaxConnections ?? ConnectionLimit.Connections();

        kestrel.Limits.MinResponseDataRate = TransferRates.Answers;

        // Long filters are valid. Beyond the default of 8 KiB, Kestrel would answer without the contract's error body.
        kestrel.Limits.MaxRequestLineSize = MaxRequestLine;

        // Upload routes lift this limit. JSON bodies have a lower one; the rest, up to this limit, is read and discarded, so that the
        // client can read the refusal.
        kestrel.Limits.MaxRequestBodySize = ErrorWriter.DrainLimit;
    }
}
