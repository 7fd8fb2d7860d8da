namespace ImgApi.Api.Background;

/// <summary>Limits the average rate of reads by short waits.</summary>
/// <param name="bytesPerSecond">Maximum rate; 0 for no limit.</param>
/// <param name="minCost">The number of bytes that every read counts at least. The default is what it costs a disk to open a small file.</param>
internal sealed class ReadPace(long bytesPerSecond, TimeProvider clock, int minCost = 64 * 1024)
{
    private static readonly TimeSpan MinWait = TimeSpan.FromMilliseconds(100);

    private readonly long _began = clock.GetTimestamp();
    private TimeSpan _due;

    public long Bytes { get; private set; }

    /// <summary>How many bytes to read at once, so that no wait is longer than about a quarter of a second.</summary>
    public int Portion(int wanted) => bytesPerSecond <= 0 ? wanted : (int)Math.Clamp(bytesPerSecond / 4, 1, wanted);

    /// <summary>Counts bytes that were read, and waits if that was too fast.</summary>
    public async ValueTask CountAsync(int bytes, CancellationToken cancellation)
    {
        Bytes += bytes;
        if (bytesPerSecond <= 0)
        {
            return;
        }

        _due += TimeSpan.FromSeconds(Math.Max(bytes, minCost) / (double)bytesPerSecond);
        var ahead = _due - clock.GetElapsedTime(_began);
        if (ahead > MinWait)
        {
            await Task.Delay(ahead, clock, cancellation);
        }
    }
}
