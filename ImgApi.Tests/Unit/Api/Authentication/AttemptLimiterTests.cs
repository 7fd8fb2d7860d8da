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
    public void A_network_that_used_up_its_attempts_has_to_wait()
    {
        Exhaust(Here);
        Assert.That((_limiter.MayTry(Here, _new), _limiter.WaitOf(Here)), Is.EqualTo((false, AttemptLimiter.Recovery)));
    }

    [Test]
    public void A_network_that_used_up_its_attempts_does_not_affect_other_networks()
    {
        Exhaust(Here);
        Assert.That((_limiter.MayTry(There, _new), _limiter.WaitOf(There)), Is.EqualTo((true, TimeSpan.Zero)));
    }

    [Test]
    public void After_the_recovery_time_one_more_attempt_is_allowed()
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
    public void Refused_attempts_do_not_lengthen_the_wait()
    {
        Exhaust(Here);
        for (var i = 0; i < 1000; i++)
        {
            Assert.That(_limiter.TryCount(Here), Is.False);
        }

        Assert.That(_limiter.WaitOf(Here), Is.EqualTo(AttemptLimiter.Recovery));
    }

    [Test]
    public void After_a_full_recovery_a_network_has_all_its_attempts_again()
    {
        Exhaust(Here);
        _clock.Advance(AttemptLimiter.Recovery * AttemptLimiter.Burst);
        Exhaust(Here);
    }

    [Test]
    public void Without_attempts_left_only_a_password_that_was_right_from_the_same_network_is_checked()
    {
        _limiter.Remember(Here, _right);
        Exhaust(Here);
        Exhaust(There);
        Assert.That(
            (_limiter.MayTry(Here, _right), _limiter.MayTry(Here, _new), _limiter.MayTry(There, _right)), Is.EqualTo((true, false, false)));
    }

    [Test]
    public void The_most_recently_used_right_passwords_are_remembered()
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
    public void The_number_of_remembered_networks_is_bounded()
    {
        TryFromManyNetworks();
        Assert.That(_limiter.Count, Is.EqualTo(AttemptLimiter.Capacity));
    }

    [Test]
    public void A_network_that_keeps_trying_is_not_forgotten()
    {
        Exhaust(Here);
        TryFromManyNetworks();
        Assert.That(_limiter.MayTry(Here, _new), Is.False);
    }

    [Test]
    public void Only_the_same_credentials_have_the_same_digest() =>
        Assert.That(_limiter.Digest("bob", "new"), Is.EqualTo(_new).And.Not.EqualTo(_limiter.Digest("bobn", "ew")));

    [TestCase("192.0.2.1", "::ffff:192.0.2.1", true)]
    [TestCase("192.0.2.1", "192.0.2.2", false)]
    [TestCase("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [TestCase("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [TestCase("192.0.2.1", "c000:201::", false)]
    public void A_network_is_an_IPv4_address_or_the_first_half_of_an_IPv6_address(string one, string other, bool same) =>
        Assert.That(Network(one).Equals(Network(other)), Is.EqualTo(same));

    private static ClientNetwork Network(string address) => ClientNetwork.Of(IPAddress.Parse(address));

    /// <summary>More networks than the limiter remembers try once each, and <see cref="Here"/> tries now and then.</summary>
    private void TryFromManyNetworks()
    {
        for (var i = 0; i < 2 * AttemptLimiter.Capacity; i++)
        {
            _limiter.TryCount(Network($"2001:db8:{i:x}::1"));
            if (i % 1000 == 0)
            {
                _limiter.TryCount(Here);
            }
        }
    }

    private void Exhaust(ClientNetwork network)
    {
        for (var i = 0; i < AttemptLimiter.Burst; i++)
        {
            Assert.That(_limiter.MayTry(network, _new), Is.True);
            Assert.That(_limiter.TryCount(network), Is.True);
        }
    }
}
