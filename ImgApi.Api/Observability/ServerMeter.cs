using System.Diagnostics.Metrics;
using ImgApi.Api.Background;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace ImgApi.Api.Observability;

/// <summary>
/// The server's own instruments. All are read when somebody asks for them, so they take no time of requests. Exporters translate names and
/// units: <c>imgapi.free</c> in bytes is <c>imgapi_free_bytes</c> in <c>/metrics</c>.
/// </summary>
internal sealed class ServerMeter
{
    public const string Name = "ImgApi";

    private const string Bytes = "By";
    private const string Seconds = "s";

    private readonly Meter _meter;

    public ServerMeter(
        IMeterFactory factory, StoredFigures stored, ContentScrub scrub, IStorageProbe storage, Transfers transfers, RefusedCredentials refused,
        IOptions<KestrelServerOptions> kestrel, IServiceProvider services)
    {
        _meter = factory.Create(Name);
        Gauge("imgapi.build_info", null, "Constant 1, with the version of the server.", () => [Of(1, "version", ServerVersion.Text)]);
        AddStored(stored);
        AddJobs(stored);
        AddIntegrity(stored, scrub, storage);
        AddTransfers(transfers);
        Counter("imgapi.refused_credentials", null, "Refused credentials: wrong, or throttled after many wrong ones.", () =>
            [Of(refused.Wrong, "reason", "wrong"), Of(refused.Throttled, "reason", "throttled")]);
        Gauge("imgapi.connections_limit", null, "Maximum number of connections.", () => [new(kestrel.Value.Limits.MaxConcurrentConnections ?? long.MaxValue)]);
        Gauge("imgapi.certificate_end_timestamp", Seconds, "End of the TLS certificate in seconds since 1970.", () =>
            services.GetService<ICertificateTerm>() is { } certificate ? [new(certificate.EndsAt.ToUnixTimeSeconds())] : []);
    }

    private void AddStored(StoredFigures stored)
    {
        Gauge("imgapi.images", null, "Images by state.", () => ImageState.All.Select(
            state => Of(stored.Last.Images.GetValueOrDefault(state), "state", state)));
        Gauge("imgapi.stored", Bytes, "Bytes of all files and icons.", () => [new(stored.Last.Bytes)]);
        Gauge("imgapi.free", Bytes, "Free bytes on the file system of the data folder.", () => Space(space => space.Free));
        Gauge("imgapi.reserved", Bytes, "Bytes that stay free: uploads that would use them are refused.", () => Space(space => space.Reserved));
        Gauge("imgapi.capacity", Bytes, "Used and free bytes on the file system of the data folder.", () => Space(space => space.Total));

        IEnumerable<Measurement<long>> Space(Func<StorageSpace, long> value) => stored.Last.Space is { } space ? [new(value(space))] : [];
    }

    private void AddJobs(StoredFigures stored)
    {
        Gauge("imgapi.jobs", null, "Import jobs by state. Those with the state queued wait.", () => Enum.GetValues<JobExecution>().Select(
            state => Of(stored.Last.Jobs.GetValueOrDefault(state), "state", JsonNamingPolicy.CamelCase.ConvertName(state.ToString()))));
        Gauge("imgapi.uploads_open", null, "Unfinished resumable uploads.", () => [new(stored.Last.Uploads)]);
    }

    private void AddIntegrity(StoredFigures stored, ContentScrub scrub, IStorageProbe storage)
    {
        Gauge("imgapi.broken_folders", null, "Image folders that could not be read at the start.", () => [new(storage.BrokenCount)]);
        Gauge("imgapi.damaged_contents", null, "Damaged files and icons.", () => [new(stored.Last.Damaged)]);
        Counter("imgapi.scrubbed", Bytes, "Bytes that the background check has read.", () => [new(scrub.BytesRead)]);
        Gauge("imgapi.last_scrub_timestamp", Seconds, "End of the last complete background check since the start, in seconds since 1970.", () =>
            scrub.LastPass is { } end ? [new(end.Instant.ToUnixTimeSeconds())] : []);
    }

    private void AddTransfers(Transfers transfers)
    {
        (string Direction, bool IsUpload, TransferTally Tally)[] both = [("download", false, transfers.Downloads), ("upload", true, transfers.Uploads)];
        Gauge("imgapi.transfers_running", null, "Image files that are being transferred.", () => both.Select(
            one => Of(transfers.Running.Count(transfer => transfer.IsUpload == one.IsUpload), "direction", one.Direction)));
        Counter("imgapi.transfers", null, "Transfers that ended: complete, or cut before the last byte.", () => both.SelectMany(one => new[]
        {
            Of(one.Tally.Complete, "direction", one.Direction, "outcome", "complete"), Of(one.Tally.Cut, "direction", one.Direction, "outcome", "cut"),
        }));
        Counter("imgapi.transferred", Bytes, "Bytes of image files.", () => both.Select(one => Of(one.Tally.Bytes, "direction", one.Direction)));
        _meter.CreateObservableCounter(
            "imgapi.transfer", () => both.Select(one => new Measurement<double>(one.Tally.Time.TotalSeconds, KeyValuePair.Create("direction", (object?)one.Direction))),
            Seconds, "Time that all ended transfers took together.");
    }

    private void Gauge(string name, string? unit, string description, Func<IEnumerable<Measurement<long>>> read) =>
        _meter.CreateObservableGauge(name, read, unit, description);

    private void Counter(string name, string? unit, string description, Func<IEnumerable<Measurement<long>>> read) =>
        _meter.CreateObservableCounter(name, read, unit, description);

    private static Measurement<long> Of(long value, params ReadOnlySpan<string> tags)
    {
        var pairs = new List<KeyValuePair<string, object?>>();
        for (var i = 0; i < tags.Length; i += 2)
        {
            pairs.Add(KeyValuePair.Create(tags[i], (object?)tags[i + 1]));
        }

        return new Measurement<long>(value, pairs);
    }
}
