using System.Collections.Concurrent;
using System.Globalization;
using ImgApi.Api.Background;
using ImgApi.Domain.Integrity;
using ImgApi.Domain.Storage;
using Prometheus;

namespace ImgApi.Api.Observability;

/// <summary>The server's figures. Requests are counted as they end; everything else is asked for when somebody looks.</summary>
internal sealed class ServerMetrics
{
    private readonly CollectorRegistry _registry = Metrics.NewCustomRegistry();
    private readonly ConcurrentDictionary<(string Method, int Status), Counter.Child> _requestsOf = new();
    private readonly Func<(string Method, int Status), Counter.Child> _make;
    private readonly Histogram _durations;

    /// <summary>Defines the figures.</summary>
    public ServerMetrics(IImageRepository images, DamageRegister damages, IStorageProbe storage, ContentScrub scrub)
    {
        var factory = Metrics.WithCustomRegistry(_registry);
        // Nothing here traces requests, and to find that out anew takes time with each of them.
        factory.ExemplarBehavior = ExemplarBehavior.NoExemplars();
        var requests = factory.CreateCounter("imgapi_requests_total", "Requests answered.", "method", "code");
        _make = key => requests.WithLabels(key.Method, key.Status.ToString(CultureInfo.InvariantCulture));
        _durations = factory.CreateHistogram(
            "imgapi_request_duration_seconds", "Time from a request's headers to the end of its answer.",
            new HistogramConfiguration { Buckets = Histogram.ExponentialBuckets(0.001, 4, 9) });
        var count = factory.CreateGauge("imgapi_images", "Images that are kept, in every state.");
        var broken = factory.CreateGauge("imgapi_broken_folders", "Folders that could not be read as images at the start.");
        var damaged = factory.CreateGauge("imgapi_damaged_contents", "Files and icons whose bytes are not what they should be.");
        var scrubbed = factory.CreateCounter("imgapi_scrubbed_bytes_total", "Bytes that the scrub has re-read.");
        var free = factory.CreateGauge("imgapi_free_bytes", "Bytes left on the data folder's file system.");
        var memory = factory.CreateGauge("imgapi_resident_memory_bytes", "Resident memory of the process.");
        _registry.AddBeforeCollectCallback(async cancellation =>
        {
            var (all, _) = await images.QueryAsync(new ImageQuery { State = StateFilter.All }, cancellation);
            count.Set(all.Count);
            broken.Set(storage.BrokenCount);
            await scrub.ForgetTheGoneAsync(cancellation);
            damaged.Set(await damages.CountAsync(cancellation));
            scrubbed.IncTo(scrub.BytesRead);
            free.Set(await storage.FreeBytesAsync(cancellation) ?? double.NaN);
            memory.Set(Environment.WorkingSet);
        });
    }

    /// <summary>Counts one request.</summary>
    /// <param name="method">Its method; what is none of the usual ones is counted as one.</param>
    /// <param name="status">The status of the answer.</param>
    /// <param name="took">From the headers to the end of the answer.</param>
    public void CountRequest(string method, int status, TimeSpan took)
    {
        _requestsOf.GetOrAdd((MethodLabel(method), status), _make).Inc();
        _durations.Observe(took.TotalSeconds);
    }

    /// <summary>Writes all figures.</summary>
    public Task WriteAsync(Stream target, CancellationToken cancellation) => _registry.CollectAndExportAsTextAsync(target, cancellation);

    private static string MethodLabel(string method) => method is "GET" or "HEAD" or "POST" or "PUT" or "DELETE" ? method : "other";
}
