using System.Globalization;
using ImgApi.Api.Observability;

namespace ImgApi.Api.Web.Server;

/// <summary>The pictures of the last day.</summary>
internal static class TrafficCharts
{
    public static IReadOnlyList<Chart> Of(IReadOnlyList<TrafficInterval> intervals)
    {
        DateTimeOffset[] times = [.. intervals.Select(interval => interval.BeganAt)];
        return
        [
            Numbers("requests", "Requests", Series("requests", interval => interval.Requests)),
            Bytes("bytes", "Bytes", Series("sent", interval => interval.Sent), Series("received", interval => interval.Received)),
            Numbers("errors", "Errors", Series("of clients (4xx)", interval => interval.ClientErrors), Series("of the server (5xx)", interval => interval.ServerErrors)),
        ];

        ChartSeries Series(string name, Func<TrafficInterval, long> value) => new(name, [.. intervals.Select(value)]);

        Chart Numbers(string id, string title, params ChartSeries[] series) => new(
            id, title, series, times, RoundUp(Max(series)), number => number.ToString("N0", CultureInfo.InvariantCulture));

        Chart Bytes(string id, string title, params ChartSeries[] series) => new(
            id, title, series, times, (long)System.Numerics.BitOperations.RoundUpToPowerOf2((ulong)Math.Max(1024, Max(series))), ByteSize.Approximate);
    }

    private static long Max(ChartSeries[] series) => series.Max(one => one.Values.Max());

    /// <summary>The next number of 10, 20, 50, 100, 200, ...</summary>
    private static long RoundUp(long number)
    {
        for (long ten = 10; ; ten *= 10)
        {
            foreach (var round in new[] { ten, 2 * ten, 5 * ten })
            {
                if (number <= round)
                {
                    return round;
                }
            }
        }
    }
}
