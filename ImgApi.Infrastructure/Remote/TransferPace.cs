using System.Globalization;

namespace ImgApi.Infrastructure.Remote;

/// <summary>
/// Judges how fast another server delivers, and counts its failures. Time counts only while this server waits for bytes, so a slow
/// disk here is not blamed on a source.
/// </summary>
/// <param name="minRate">Bytes per second; 0 accepts every speed.</param>
/// <param name="window">Over which time the speed is averaged.</param>
internal sealed class TransferPace(long minRate, TimeSpan window)
{
    private TimeSpan _waited;
    private double _came;
    private double _cameSinceReset;
    private bool _isTooSlow;

    /// <summary>
    /// Connections that failed. Only as many bytes as one window at the minimum rate brings set it back to 0: one byte per connection
    /// earns no new attempts.
    /// </summary>
    public int Failures { get; private set; }

    /// <summary>Bytes have come; 0 at the end of a connection.</summary>
    /// <param name="bytes">How many.</param>
    /// <param name="waited">How long they were waited for.</param>
    public void Count(int bytes, TimeSpan waited)
    {
        _waited += waited;
        _came += bytes;
        _cameSinceReset += bytes;
        if (_waited >= window)
        {
            _isTooSlow = _came < minRate * _waited.TotalSeconds;
            (_waited, _came) = (TimeSpan.Zero, 0);
        }

        if (bytes > 0 && _cameSinceReset >= minRate * window.TotalSeconds)
        {
            (Failures, _cameSinceReset) = (0, 0);
        }
    }

    /// <summary>Refuses to read on from a connection that is too slow.</summary>
    /// <exception cref="TimeoutException">The last whole window brought too little.</exception>
    public void EnsureFastEnough()
    {
        if (_isTooSlow)
        {
            throw new TimeoutException(string.Create(
                CultureInfo.InvariantCulture, $"fewer than {minRate} bytes per second came for {RemoteFault.FormatDuration(window)}"));
        }
    }

    /// <summary>The connection has failed. The next one is judged by itself.</summary>
    public void Fail()
    {
        Failures++;
        (_waited, _came, _isTooSlow) = (TimeSpan.Zero, 0, false);
    }
}
