using ImgApi.Api.Responses;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace ImgApi.Api.Http;

/// <summary>How slow a client may be before its connection is cut.</summary>
internal static class TransferRates
{
    /// <summary>
    /// For answers: 100 seconds for each write, of which none is longer than <see cref="PiecewiseWriter.MaxAtOnce"/>. The web server turns bytes into seconds at the given rate
    /// and adds the seconds of all writes up, so that a client that takes the first megabytes at once could then stop for hours. At a rate
    /// this high only the grace period counts, for each write by itself.
    /// </summary>
    public static readonly MinDataRate Answers = new(bytesPerSecond: 1e9, gracePeriod: TimeSpan.FromSeconds(100));

    // A client may pause while it takes a snapshot.
    private static readonly MinDataRate Uploads = new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromMinutes(5));

    /// <summary>Lets the body of this request come more slowly than other bodies.</summary>
    public static void RelaxUpload(HttpContext context) => context.Features.Get<IHttpMinRequestBodyDataRateFeature>()?.MinDataRate = Uploads;
}
