namespace ImgApi.Api.Observability;

/// <summary>What the transfers of one direction add up to since the start.</summary>
internal sealed class TransferTally
{
    private long _complete;
    private long _cut;
    private long _bytes;
    private long _ticks;

    /// <summary>Transfers that ended with their last byte.</summary>
    public long Complete => Volatile.Read(ref _complete);

    /// <summary>Transfers that ended before their last byte, such as those whose client left.</summary>
    public long Cut => Volatile.Read(ref _cut);

    /// <summary>Bytes, also of transfers that run or were cut.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Time that all ended transfers took together.</summary>
    public TimeSpan Time => TimeSpan.FromTicks(Volatile.Read(ref _ticks));

    public void Add(long bytes) => Interlocked.Add(ref _bytes, bytes);

    public void End(bool isComplete, TimeSpan took)
    {
        Interlocked.Increment(ref isComplete ? ref _complete : ref _cut);
        Interlocked.Add(ref _ticks, took.Ticks);
    }
}
