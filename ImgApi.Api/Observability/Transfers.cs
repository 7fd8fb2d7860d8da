using System.Collections.Concurrent;

namespace ImgApi.Api.Observability;

/// <summary>The image files that clients download and upload at this moment. There are at most as many as connections.</summary>
internal sealed class Transfers(TrafficHistory traffic, TimeProvider clock)
{
    private readonly ConcurrentDictionary<Transfer, bool> _running = new();

    /// <summary>The running transfers, the oldest first.</summary>
    public IReadOnlyList<Transfer> Running => [.. _running.Keys.OrderBy(transfer => transfer.BeganAt)];

    public TransferTally Downloads { get; } = new();

    public TransferTally Uploads { get; } = new();

    /// <summary>Begins to send a file. The bytes are counted where answers are written.</summary>
    /// <param name="length">Bytes that will be sent.</param>
    public Transfer BeginDownload(HttpContext context, Uuid image, long length) => Begin(context, image, length, isUpload: false, Downloads);

    /// <summary>Begins to receive a file, or a part of it.</summary>
    /// <param name="body">The bytes.</param>
    /// <param name="length">Bytes that were announced; null if none were.</param>
    public ReceivedFile BeginUpload(HttpContext context, Uuid image, Stream body, long? length) =>
        new(body, Begin(context, image, length, isUpload: true, Uploads), traffic);

    private Transfer Begin(HttpContext context, Uuid image, long? length, bool isUpload, TransferTally tally)
    {
        var transfer = new Transfer(image, context.Connection.RemoteIpAddress, isUpload, length, clock, tally, End);
        _running[transfer] = true;
        return transfer;

        void End(Transfer ended)
        {
            if (_running.TryRemove(ended, out _))
            {
                tally.End(ended.IsComplete, ended.Elapsed);
            }
        }
    }
}
