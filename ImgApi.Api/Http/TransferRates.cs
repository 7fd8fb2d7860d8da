using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace ImgApi.Api.Http;

/// <summary>The minimum rates of clients. Kestrel closes slower connections.</summary>
internal static class TransferRates
{
    /// <summary>
    /// For answers: 100 seconds for each write of at most <see cref="PiecewiseWriter.MaxAtOnce"/> bytes. Kestrel converts bytes to seconds at
    /// the given rate, and adds up the seconds of all writes: a client that reads the first megabytes quickly could then stop for hours. With
    /// a rate this high, only the grace period of each write matters.
    /// </summary>
    public static readonly MinDataRate Answers = new(bytesPerSecond: 1e9, gracePeriod: TimeSpan.FromSeconds(100));

    // A client may pause while it takes a snapshot.
    private static readonly MinDataRate Uploads = new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromMinutes(5));

    /// <summary>Allows a lower rate for the body of this request.</summary>
    public static void RelaxUpload(HttpContext context) => context.Features.Get<IHttpMinRequestBodyDataRateFeature>()?.MinDataRate = Uploads;
}
