using System.Globalization;

namespace ImgApi.Infrastructure.Remote;

/// <summary>
/// Measures how fast another server sends, and counts its failures. Only the time in which this server waits for bytes counts, so that a slow
/// local disk is not attributed to the source.
/// </summary>
/// <param name="minRate">Bytes per second; 0 accepts every rate.</param>
/// <param name="window">The time over which the rate is averaged.</param>
internal sealed class TransferPace(long minRate, TimeSpan window)
{
    private TimeSpan _waited;
    private double _received;
    private double _receivedSinceReset;
    private bool _isTooSlow;

    /// <summary>
    /// Number of failed connections. Reset to 0 after as many bytes as the minimum rate gives in one window, so that one byte per connection does
    /// not allow endless attempts.
    /// </summary>
    public int Failures { get; private set; }

    /// <summary>Counts received bytes, 0 at the end of a connection, and the time for which they were awaited.</summary>
    public void Count(int bytes, TimeSpan waited)
    {
        _waited += waited;
        _received += bytes;
        _receivedSinceReset += bytes;
        if (_waited >= window)
        {
            _isTooSlow = _received < minRate * _waited.TotalSeconds;
            (_waited, _received) = (TimeSpan.Zero, 0);
        }

        if (bytes > 0 && _receivedSinceReset >= minRate * window.TotalSeconds)
        {
            (Failures, _receivedSinceReset) = (0, 0);
        }
    }

    /// <exception cref="TimeoutException">The last complete window was too slow.</exception>
    public void EnsureFastEnough()
    {
        if (_isTooSlow)
        {
            throw new TimeoutException(string.Create(
                CultureInfo.InvariantCulture, $"fewer than {minRate} bytes per second came for {RemoteFault.FormatDuration(window)}"));
        }
    }

    /// <summary>Counts a failed connection. The next one is measured by itself.</summary>
    public void Fail()
    {
        Failures++;
        (_waited, _received, _isTooSlow) = (TimeSpan.Zero, 0, false);
    }
}
