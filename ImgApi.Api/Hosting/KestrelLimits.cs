using ImgApi.Api.Configuration;
using ImgApi.Api.Wire;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ImgApi.Api.Hosting;

/// <summary>What the web server listens on and puts up with.</summary>
internal static class KestrelLimits
{
    // Bytes, and no more than the limit of all headers together.
    private const int MaxRequestLine = 32 * 1024;

    /// <summary>Applies it.</summary>
    public static void Apply(KestrelServerOptions kestrel, ServerConfiguration configuration)
    {
        kestrel.AddServerHeader = false;
        kestrel.Listen(configuration.Address, configuration.Port);

        kestrel.Limits.MaxConcurrentConnections = OpenFileLimit.Connections;

        // Long filters are legal; the default of 8 KiB would answer them without a body.
        kestrel.Limits.MaxRequestLineSize = MaxRequestLine;

        // The routes that take files lift this; JSON has a lower limit of its own, and the rest up to this one is drained,
        // so that a client that sends too much still reads why it was refused.
        kestrel.Limits.MaxRequestBodySize = ErrorWriter.DrainLimit;
    }
}
