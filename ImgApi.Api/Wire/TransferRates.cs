using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace ImgApi.Api.Wire;

/// <summary>
/// How slow a transfer of an image file may be. Far slower than the framework's default, since a source may pause while
/// it takes a snapshot and a sink while it receives one; not boundless, so that dead clients go.
/// </summary>
internal static class TransferRates
{
    private static readonly MinDataRate Slow = new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromMinutes(5));

    /// <summary>Sets the rate for both directions of this request.</summary>
    public static void Relax(HttpContext context)
    {
        context.Features.Get<IHttpMinRequestBodyDataRateFeature>()?.MinDataRate = Slow;
        context.Features.Get<IHttpMinResponseDataRateFeature>()?.MinDataRate = Slow;
    }
}
