using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using ImgApi.Api.Background;
using Prometheus;

namespace ImgApi.Api.Observability;

/// <summary>The metrics. Requests are counted when they end; the other values are read when the metrics are requested.</summary>
internal sealed class ServerMetrics
{
    /// <summary>The media type of the Prometheus text format.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly CollectorRegistry _registry = Metrics.NewCustomRegistry();
    private readonly ConcurrentDictionary<(string Method, int Status), Counter.Child> _requestsOf = new();
    private readonly Func<(string Method, int Status), Counter.Child> _create;
    private readonly Histogram _durations;

    public ServerMetrics(IImageRepository images, DamageRegister damages, IStorageProbe storage, ContentScrub scrub)
    {
        var factory = Metrics.WithCustomRegistry(_registry);
        // Requests are not traced, and looking for a trace would take time in each of them.
        factory.ExemplarBehavior = ExemplarBehavior.NoExemplars();
        var requests = factory.CreateCounter("imgapi_requests_total", "Requests answered.", "method", "code");
        _create = key => requests.WithLabels(key.Method, key.Status.ToString(CultureInfo.InvariantCulture));
        _durations = factory.CreateHistogram(
            "imgapi_request_duration_seconds", "Time from a request's headers to the end of its answer.",
            new HistogramConfiguration { Buckets = Histogram.ExponentialBuckets(0.001, 4, 9) });
        var count = factory.CreateGauge("imgapi_images", "Images in every state.");
        var broken = factory.CreateGauge("imgapi_broken_folders", "Image folders that could not be read at the start.");
        var damaged = factory.CreateGauge("imgapi_damaged_contents", "Damaged files and icons.");
        var scrubbed = factory.CreateCounter("imgapi_scrubbed_bytes_total", "Bytes that the background check has read.");
        var free = factory.CreateGauge("imgapi_free_bytes", "Free bytes on the file system of the data folder.");
        var memory = factory.CreateGauge("imgapi_resident_memory_bytes", "Resident memory of the process.");
        _registry.AddBeforeCollectCallback(async cancellation =>
        {
            var (all, _) = await images.QueryAsync(new ImageQuery { State = StateFilter.All }, cancellation);
            count.Set(all.Count);
            broken.Set(storage.BrokenCount);
            await scrub.PruneAsync(cancellation);
            damaged.Set(await damages.CountAsync(cancellation));
            scrubbed.IncTo(scrub.BytesRead);
            free.Set((await storage.SpaceAsync(cancellation))?.Free ?? double.NaN);
            memory.Set(Environment.WorkingSet);
        });
    }

    /// <param name="method">The method; unusual ones are counted as "other", so that clients cannot create labels.</param>
    /// <param name="took">Time from the headers to the end of the answer.</param>
    public void CountRequest(string method, int status, TimeSpan took)
    {
        _requestsOf.GetOrAdd((MethodLabel(method), status), _create).Inc();
        _durations.Observe(took.TotalSeconds);
    }

    /// <summary>The metrics in the Prometheus text format.</summary>
    public async Task<string> TextAsync(CancellationToken cancellation)
    {
        using var text = new MemoryStream();
        await _registry.CollectAndExportAsTextAsync(text, cancellation);
        return Encoding.UTF8.GetString(text.ToArray());
    }

    private static string MethodLabel(string method) => method is "GET" or "HEAD" or "POST" or "PUT" or "PATCH" or "DELETE" ? method : "other";
}
