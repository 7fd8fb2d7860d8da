using System.Net;
using ImgApi.Api.Authentication;
using Microsoft.Extensions.Time.Testing;

namespace ImgApi.Tests.Unit.Api.Authentication;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class AttemptLimiterTests
{
    private static readonly ClientNetwork Here = Network("192.0.2.1");
    private static readonly ClientNetwork There = Network("192.0.2.2");

    private readonly FakeTimeProvider _clock = new();
    private readonly AttemptLimiter _limiter;
    private readonly byte[] _new;
    private readonly byte[] _right;

    public AttemptLimiterTests()
    {
        _limiter = new AttemptLimiter(_clock);
        _new = _limiter.Digest("bob", "new");
        _right = _limiter.Digest("bob", "right");
    }

    [Test]
    public void After_a_burst_a_network_waits_and_others_do_not()
    {
        Exhaust(Here);
        Assert.That(_limiter.MayTry(Here, _new), Is.False);
        Assert.That(_limiter.MayTry(There, _new), Is.True);
        Assert.That(_limiter.WaitOf(Here), Is.EqualTo(AttemptLimiter.Recovery));
        Assert.That(_limiter.WaitOf(There), Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public void After_a_short_time_one_more_attempt_is_allowed()
    {
        Exhaust(Here);
        _clock.Advance(AttemptLimiter.Recovery - TimeSpan.FromMilliseconds(1));
        Assert.That(_limiter.MayTry(Here, _new), Is.False);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.That(_limiter.MayTry(Here, _new), Is.True);
        Assert.That(_limiter.TryCount(Here), Is.True);
        Assert.That(_limiter.MayTry(Here, _new), Is.False);
    }

    [Test]
    public void Attempts_that_are_not_looked_at_do_not_lengthen_the_wait()
    {
        Exhaust(Here);
        for (var i = 0; i < 1000; i++)
        {
            Assert.That(_limiter.TryCount(Here), Is.False);
        }

        Assert.That(_limiter.WaitOf(Here), Is.EqualTo(AttemptLimiter.Recovery));
    }

    [Test]
    public void In_the_end_everything_is_forgiven()
    {
        Exhaust(Here);
        _clock.Advance(AttemptLimiter.Recovery * AttemptLimiter.Burst);
        Exhaust(Here);
    }

    [Test]
    public void A_password_that_was_right_from_there_goes_on_being_looked_at()
    {
        _limiter.Remember(Here, _right);
        Exhaust(Here);
        Exhaust(There);
        Assert.That(_limiter.MayTry(Here, _right), Is.True);
        Assert.That(_limiter.MayTry(Here, _new), Is.False);
        Assert.That(_limiter.MayTry(There, _right), Is.False);
    }

    [Test]
    public void Of_many_right_passwords_the_latest_are_remembered()
    {
        for (var i = 0; i < 100; i++)
        {
            _limiter.Remember(Here, _limiter.Digest("bob", $"{i}"));
            _limiter.Remember(Here, _right);
        }

        Exhaust(Here);
        Assert.That(_limiter.MayTry(Here, _right), Is.True);
        Assert.That(_limiter.MayTry(Here, _limiter.Digest("bob", "99")), Is.True);
        Assert.That(_limiter.MayTry(Here, _limiter.Digest("bob", "0")), Is.False);
    }

    [Test]
    public void The_memory_has_a_bound_and_who_comes_again_is_not_forgotten()
    {
        Exhaust(Here);
        for (var i = 0; i < 2 * AttemptLimiter.Capacity; i++)
        {
            _limiter.TryCount(Network($"2001:db8:{i:x}::1"));
            if (i % 1000 == 0)
            {
                _limiter.TryCount(Here);
            }
        }

        Assert.That(_limiter.Count, Is.EqualTo(AttemptLimiter.Capacity));
        Assert.That(_limiter.MayTry(Here, _new), Is.False);
    }

    [Test]
    public void A_digest_is_that_of_the_same_credentials_only() =>
        Assert.That(_limiter.Digest("bob", "new"), Is.EqualTo(_new).And.Not.EqualTo(_limiter.Digest("bobn", "ew")));

    [TestCase("192.0.2.1", "::ffff:192.0.2.1", true)]
    [TestCase("192.0.2.1", "192.0.2.2", false)]
    [TestCase("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [TestCase("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [TestCase("192.0.2.1", "c000:201::", false)]
    public void A_network_is_an_address_or_half_of_one(string one, string other, bool same) =>
        Assert.That(Network(one).Equals(Network(other)), Is.EqualTo(same));

    private static ClientNetwork Network(string address) => ClientNetwork.Of(IPAddress.Parse(address));

    private void Exhaust(ClientNetwork network)
    {
        for (var i = 0; i < AttemptLimiter.Burst; i++)
        {
            Assert.That(_limiter.MayTry(network, _new), Is.True);
            Assert.That(_limiter.TryCount(network), Is.True);
        }
    }
}
