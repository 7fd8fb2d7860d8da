using ImgApi.Api.Authentication;
using ImgApi.Api.Configuration;
using ImgApi.Domain.Access;
using Microsoft.Extensions.Time.Testing;

namespace ImgApi.Tests.Unit.Api.Authentication;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class BrowserSessionsTests
{
    private static readonly UserEntry Bob = new("bob", "secret");
    private static readonly UserEntry Alice = new("alice", "secret");

    private readonly FakeTimeProvider _clock = new();
    private readonly CurrentConfiguration _configuration = new(new ServerConfiguration { DataFolder = "x", Users = [Bob, Alice], SessionMinutes = 30 });
    private readonly BrowserSessions _sessions;

    public BrowserSessionsTests() => _sessions = new BrowserSessions(_configuration, _clock);

    [Test]
    public void A_session_is_that_of_the_user_it_began_for() =>
        Assert.That(_sessions.Use(_sessions.Begin(Bob))?.User, Is.EqualTo(Bob));

    [TestCase("")]
    [TestCase("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void An_id_that_the_server_did_not_issue_is_no_session(string id)
    {
        _sessions.Begin(Bob);
        Assert.That(_sessions.Use(id), Is.Null);
    }

    [Test]
    public void Each_session_has_an_id_and_a_token_of_256_random_bits()
    {
        var (first, second) = (_sessions.Begin(Bob), _sessions.Begin(Bob));
        string[] secrets = [first, second, _sessions.Use(first)!.Token, _sessions.Use(second)!.Token];
        Assert.That(secrets, Is.Unique.And.All.Length.EqualTo(43));
    }

    [Test]
    public void A_session_ends_after_the_idle_time()
    {
        var id = _sessions.Begin(Bob);
        _clock.Advance(TimeSpan.FromMinutes(30));
        Assert.That(_sessions.Use(id), Is.Null);
    }

    [Test]
    public void Each_use_begins_the_idle_time_again()
    {
        var id = _sessions.Begin(Bob);
        _clock.Advance(TimeSpan.FromMinutes(29));
        _sessions.Use(id);
        _clock.Advance(TimeSpan.FromMinutes(29));
        Assert.That(_sessions.Use(id), Is.Not.Null);
    }

    [Test]
    public void A_session_does_not_end_during_a_request()
    {
        var id = _sessions.Begin(Bob);
        _sessions.BeginRequest(_sessions.Use(id)!);
        _clock.Advance(TimeSpan.FromMinutes(31));
        Assert.That(_sessions.Use(id), Is.Not.Null);
    }

    [Test]
    public void The_end_of_a_request_begins_the_idle_time_again()
    {
        var id = _sessions.Begin(Bob);
        var session = _sessions.Use(id)!;
        _sessions.BeginRequest(session);
        _clock.Advance(TimeSpan.FromMinutes(31));
        _sessions.EndRequest(session);
        _clock.Advance(TimeSpan.FromMinutes(29));
        Assert.That(_sessions.Use(id), Is.Not.Null);
    }

    [Test]
    public void A_session_in_use_ends_after_twelve_hours()
    {
        var id = _sessions.Begin(Bob);
        for (var passed = TimeSpan.Zero; passed < BrowserSessions.MaxAge; passed += TimeSpan.FromMinutes(20))
        {
            Assert.That(_sessions.Use(id), Is.Not.Null, $"{passed}");
            _clock.Advance(TimeSpan.FromMinutes(20));
        }

        Assert.That(_sessions.Use(id), Is.Null);
    }

    [Test]
    public void A_session_ends_when_its_user_gets_another_password()
    {
        var id = _sessions.Begin(Bob);
        _configuration.Change(before => before with { Users = [Alice, Bob with { Password = "other" }] });
        Assert.That(_sessions.Use(id), Is.Null);
    }

    [Test]
    public void A_session_ends_when_its_user_gets_another_role()
    {
        var id = _sessions.Begin(Bob);
        _configuration.Change(before => before with { Users = [Alice, Bob with { Role = Role.Read }] });
        Assert.That(_sessions.Use(id), Is.Null);
    }

    [Test]
    public void A_session_ends_when_its_user_is_removed()
    {
        var id = _sessions.Begin(Bob);
        _configuration.Change(before => before with { Users = [Alice] });
        Assert.That(_sessions.Use(id), Is.Null);
    }

    [Test]
    public void A_session_outlives_the_change_of_another_user()
    {
        var id = _sessions.Begin(Bob);
        _configuration.Change(before => before with { Users = [new UserEntry("bob", "secret"), Alice with { Password = "other" }] });
        Assert.That(_sessions.Use(id), Is.Not.Null);
    }

    [Test]
    public void A_session_that_was_ended_is_over_at_once()
    {
        var id = _sessions.Begin(Bob);
        _sessions.End(id);
        Assert.That(_sessions.Use(id), Is.Null);
    }

    [Test]
    public void At_capacity_the_oldest_session_makes_room()
    {
        var oldest = _sessions.Begin(Bob);
        var second = _sessions.Begin(Alice);
        for (var count = 2; count <= BrowserSessions.Capacity; count++)
        {
            _sessions.Begin(Bob);
        }

        Assert.That((_sessions.Use(oldest), _sessions.Use(second)?.User), Is.EqualTo(((BrowserSession?)null, Alice)));
    }
}
