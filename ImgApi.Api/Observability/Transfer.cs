using System.Net;

namespace ImgApi.Api.Observability;

/// <summary>A running download or upload of an image file. Disposed when it ends.</summary>
/// <param name="image">UUID of the image.</param>
/// <param name="client">Address of the client, or of the proxy before it.</param>
/// <param name="length">Bytes of the whole transfer; null if unknown.</param>
/// <param name="tally">Counts its bytes.</param>
/// <param name="end">Called when it has ended.</param>
internal sealed class Transfer(
    Uuid image, IPAddress? client, bool isUpload, long? length, TimeProvider clock, TransferTally tally, Action<Transfer> end) : IDisposable
{
    private readonly long _begin = clock.GetTimestamp();
    private long _bytes;
    private bool _reachedEnd;

    public Uuid Image => image;

    public IPAddress? Client => client is { IsIPv4MappedToIPv6: true } ? client.MapToIPv4() : client;

    public bool IsUpload => isUpload;

    public long? Length => length;

    public DateTimeOffset BeganAt { get; } = clock.GetUtcNow();

    /// <summary>Bytes so far.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Time since the transfer started.</summary>
    public TimeSpan Elapsed => clock.GetElapsedTime(_begin);

    /// <summary>Average bytes per second since the transfer started.</summary>
    public long Rate => Elapsed.TotalSeconds is > 0 and var seconds ? (long)(Bytes / seconds) : 0;

    /// <summary>Whether the last byte was transferred.</summary>
    public bool IsComplete => _reachedEnd || Bytes >= length;

    public void Add(long bytes)
    {
        Interlocked.Add(ref _bytes, bytes);
        tally.Add(bytes);
    }

    /// <summary>Notes that the transfer has no more bytes.</summary>
    public void ReachEnd() => _reachedEnd = true;

    public void Dispose() => end(this);
}
