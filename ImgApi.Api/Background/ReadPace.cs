namespace ImgApi.Api.Background;

/// <summary>Keeps reading at a number of bytes per second on average, by waiting a little now and then.</summary>
/// <param name="bytesPerSecond">The pace; 0 or less never waits.</param>
/// <param name="clock">Where time comes from.</param>
internal sealed class ReadPace(long bytesPerSecond, TimeProvider clock)
{
    private static readonly TimeSpan WorthWaiting = TimeSpan.FromMilliseconds(100);

    // Opening a content costs the disk as much as reading so much of it.
    private const int CostOfOne = 64 * 1024;

    private readonly long _began = clock.GetTimestamp();
    private TimeSpan _due;

    /// <summary>Bytes that were counted.</summary>
    public long Bytes { get; private set; }

    /// <summary>Counts bytes that were read, and waits if they came too fast.</summary>
    public async ValueTask CountAsync(int bytes, CancellationToken cancellation)
    {
        Bytes += bytes;
        if (bytesPerSecond <= 0)
        {
            return;
        }

        _due += TimeSpan.FromSeconds(Math.Max(bytes, CostOfOne) / (double)bytesPerSecond);
        var ahead = _due - clock.GetElapsedTime(_began);
        if (ahead > WorthWaiting)
        {
            await Task.Delay(ahead, clock, cancellation);
        }
    }
}
