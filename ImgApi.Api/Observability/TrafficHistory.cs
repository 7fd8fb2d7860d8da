namespace ImgApi.Api.Observability;

/// <summary>
/// Requests, errors and bytes of the last 24 hours, in intervals of five minutes. It takes about 20 KiB, however much happens. A restart begins
/// with an empty history.
/// </summary>
internal sealed class TrafficHistory(TimeProvider clock)
{
    public const int Intervals = 288;

    public static readonly TimeSpan IntervalLength = TimeSpan.FromMinutes(5);

    private readonly Interval[] _intervals = [.. Enumerable.Repeat(new Interval(-1), Intervals)];

    /// <summary>Counts a request that was answered.</summary>
    public void CountRequest(int status) => Current().CountRequest(status);

    /// <summary>Counts bytes of bodies that were sent to clients.</summary>
    public void CountSent(long bytes) => Current().CountSent(bytes);

    /// <summary>Counts bytes of image files that clients have sent. Other bodies are small, and do not count.</summary>
    public void CountReceived(long bytes) => Current().CountReceived(bytes);

    /// <summary>The intervals of the last 24 hours, the oldest first. The last one is not over yet.</summary>
    public IReadOnlyList<TrafficInterval> Read()
    {
        var now = Number();
        return [.. Enumerable.Range(1, Intervals).Select(place => At(now - Intervals + place))];
    }

    private TrafficInterval At(long number)
    {
        var interval = Volatile.Read(ref _intervals[number % Intervals]);
        var beganAt = new DateTimeOffset(number * IntervalLength.Ticks, TimeSpan.Zero);
        return interval.Number == number ? interval.Read(beganAt) : new TrafficInterval(beganAt);
    }

    /// <summary>The interval of this moment. It replaces the one of 24 hours ago.</summary>
    private Interval Current()
    {
        var number = Number();
        ref var place = ref _intervals[number % Intervals];
        var interval = Volatile.Read(ref place);
        if (interval.Number == number)
        {
            return interval;
        }

        var fresh = new Interval(number);
        var found = Interlocked.CompareExchange(ref place, fresh, interval);
        return found == interval ? fresh : found; // another request was faster
    }

    private long Number() => clock.GetUtcNow().Ticks / IntervalLength.Ticks;

    /// <param name="number">Intervals since the year 1.</param>
    private sealed class Interval(long number)
    {
        private long _requests;
        private long _clientErrors;
        private long _serverErrors;
        private long _sent;
        private long _received;

        public long Number => number;

        public void CountRequest(int status)
        {
            Interlocked.Increment(ref _requests);
            if (status >= StatusCodes.Status500InternalServerError)
            {
                Interlocked.Increment(ref _serverErrors);
            }
            else if (status >= StatusCodes.Status400BadRequest)
            {
                Interlocked.Increment(ref _clientErrors);
            }
        }

        public void CountSent(long bytes) => Interlocked.Add(ref _sent, bytes);

        public void CountReceived(long bytes) => Interlocked.Add(ref _received, bytes);

        public TrafficInterval Read(DateTimeOffset beganAt) => new(
            beganAt, Volatile.Read(ref _requests), Volatile.Read(ref _clientErrors), Volatile.Read(ref _serverErrors), Volatile.Read(ref _sent),
            Volatile.Read(ref _received));
    }
}

/// <summary>The figures of five minutes.</summary>
/// <param name="ClientErrors">Answers with status 400 to 499.</param>
/// <param name="ServerErrors">Answers with status 500 and above.</param>
/// <param name="Sent">Bytes of bodies.</param>
/// <param name="Received">Bytes of image files.</param>
internal sealed record TrafficInterval(
    DateTimeOffset BeganAt, long Requests = 0, long ClientErrors = 0, long ServerErrors = 0, long Sent = 0, long Received = 0);
