using ImgApi.Infrastructure.Remote;

namespace ImgApi.Tests.Unit.Infrastructure.Remote;

/// <summary>How fast a source must deliver, and when its failures are forgotten.</summary>
[TestFixture]
internal sealed class TransferPaceTests
{
    private const int Rate = 1000;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private static TransferPace Pace(long rate = Rate) => new(rate, 10 * Second);

    [TestCase(10 * Rate, true)]
    [TestCase((10 * Rate) - 1, false)]
    public void The_rate_is_measured_over_a_whole_window(int bytes, bool isFastEnough)
    {
        var pace = Pace();
        pace.Count(1, 9 * Second);
        Assert.DoesNotThrow(pace.EnsureFastEnough);
        pace.Count(bytes - 1, Second);
        Assert.That(pace.EnsureFastEnough, isFastEnough ? Throws.Nothing : Throws.InstanceOf<TimeoutException>());
    }

    [Test]
    public void Without_a_minimum_rate_every_speed_is_accepted()
    {
        var pace = Pace(0);
        pace.Count(1, 100 * Second);
        Assert.DoesNotThrow(pace.EnsureFastEnough);
    }

    [Test]
    public void A_failure_starts_a_new_measurement()
    {
        var pace = Pace();
        pace.Count(1, 10 * Second);
        pace.Fail();
        Assert.DoesNotThrow(pace.EnsureFastEnough);
    }

    [TestCase(Rate, 1, 1)]
    [TestCase(Rate, 10 * Rate, 0)]
    [TestCase(0, 1, 0)]
    [TestCase(0, 0, 1)]
    public void A_failure_is_forgotten_after_a_window_of_bytes(long rate, int bytes, int failures)
    {
        var pace = Pace(rate);
        pace.Fail();
        pace.Count(bytes, TimeSpan.Zero);
        Assert.That(pace.Failures, Is.EqualTo(failures));
    }
}
