using ImgApi.Api.Observability;
using Microsoft.Extensions.Time.Testing;

namespace ImgApi.Tests.Unit.Api.Observability;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class TrafficHistoryTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _clock = new(Noon.AddMinutes(3));
    private readonly TrafficHistory _history;

    public TrafficHistoryTests() => _history = new TrafficHistory(_clock);

    [Test]
    public void The_present_interval_holds_what_was_counted_since_its_begin()
    {
        _history.CountRequest(200);
        _history.CountRequest(404);
        _history.CountRequest(503);
        _history.CountSent(70);
        _history.CountReceived(8);
        Assert.That(_history.Read()[^1], Is.EqualTo(new TrafficInterval(Noon, Requests: 3, ClientErrors: 1, ServerErrors: 1, Sent: 70, Received: 8)));
    }

    [Test]
    public void The_history_has_an_interval_for_every_five_minutes_of_a_day()
    {
        var begins = _history.Read().Select(interval => interval.BeganAt).ToArray();
        Assert.That(begins, Is.EqualTo(Enumerable.Range(0, 288).Select(place => Noon.AddMinutes(5 * (place - 287)))));
    }

    [Test]
    public void A_history_that_is_full_takes_less_than_64_KiB()
    {
        var clock = new SteppingClock(Noon);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var history = new TrafficHistory(clock);
        for (var interval = 0; interval < TrafficHistory.Intervals; interval++)
        {
            history.CountRequest(200);
            clock.Now += TrafficHistory.IntervalLength;
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(64 * 1024));
    }

    [Test]
    public void A_request_after_five_minutes_is_counted_in_the_next_interval()
    {
        _history.CountRequest(200);
        _clock.Advance(TrafficHistory.IntervalLength);
        _history.CountRequest(200);
        _history.CountRequest(200);
        Assert.That(_history.Read().TakeLast(2).Select(interval => interval.Requests), Is.EqualTo(new[] { 1, 2 }));
    }

    [Test]
    public void An_interval_that_is_a_day_old_is_forgotten_without_further_requests()
    {
        _history.CountRequest(200);
        _clock.Advance(TimeSpan.FromDays(1));
        Assert.That(_history.Read().Sum(interval => interval.Requests), Is.Zero);
    }

    [Test]
    public void The_first_request_of_an_interval_removes_what_was_counted_a_day_ago()
    {
        _history.CountRequest(500);
        _clock.Advance(TimeSpan.FromDays(1));
        _history.CountRequest(200);
        Assert.That(_history.Read()[^1], Is.EqualTo(new TrafficInterval(Noon.AddDays(1), Requests: 1)));
    }

    [Test]
    public void Concurrent_requests_lose_no_count_at_the_change_of_intervals()
    {
        Parallel.For(0, 10_000, place =>
        {
            if (place % 100 == 0)
            {
                _clock.Advance(TimeSpan.FromMinutes(1));
            }

            _history.CountRequest(200);
        });
        Assert.That(_history.Read().Sum(interval => interval.Requests), Is.EqualTo(10_000));
    }

    /// <summary>A clock that allocates nothing when it moves on.</summary>
    private sealed class SteppingClock(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
