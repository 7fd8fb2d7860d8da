using ImgApi.Api.Configuration;
using ImgApi.Api.Wire;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ImgApi.Api.Hosting;

/// <summary>What the web server listens on and puts up with.</summary>
internal static class KestrelLimits
{
    /// <summary>Applies it.</summary>
    public static void Apply(KestrelServerOptions kestrel, ServerConfiguration configuration)
    {
        kestrel.AddServerHeader = false;
        kestrel.Listen(configuration.Address, configuration.Port);

        // The routes that take files lift this; JSON has a lower limit of its own, and the rest up to this one is drained,
        // so that a client that sends too much still reads why it was refused.
        kestrel.Limits.MaxRequestBodySize = ErrorWriter.DrainLimit;
    }
}
