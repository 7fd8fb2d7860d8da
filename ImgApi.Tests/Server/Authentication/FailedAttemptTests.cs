using ImgApi.Api.Authentication;
using ImgApi.Infrastructure.Security;
using ImgApi.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace ImgApi.Tests.Server.Authentication;

/// <summary>The limit on wrong credentials, and its effect on other callers.</summary>
[TestFixture]
[Category("Slow")]
internal sealed class FailedAttemptTests
{
    private FakeTimeProvider _clock = null!;
    private LogRecorder _log = null!;
    private TestServer _server = null!;
    private int _startWarnings;

    [SetUp]
    public async Task StartAsync()
    {
        _clock = new FakeTimeProvider(DateTimeOffset.Parse("2026-11-23T03:09:51Z", null));
        _log = new LogRecorder();
        var hash = PasswordHash.Create("hashed", iterations: 20_000).ToString();
        _server = await TestServer.StartAsync(
            ServerMode.Public,
            configure: configuration => configuration with { Users = [.. configuration.Users, new("hash", hash)] },
            replace: services => services.AddSingleton<TimeProvider>(_clock).AddSingleton<ILoggerProvider>(_log));
        _startWarnings = _log.Warnings.Length;
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _server.DisposeAsync();
        _log.Dispose();
    }

    [Test]
    public async Task Right_credentials_are_refused_after_too_many_wrong_ones()
    {
        await GuessAsync(AttemptLimiter.Burst);
        var refused = await AskAsync("hash", "hashed");
        Assert.Multiple(() =>
        {
            Assert.That((int)refused.Status, Is.EqualTo(429));
            Assert.That(refused.Code, Is.EqualTo("TooManyRequestsError"));
            Assert.That(refused.Keys, Is.EqualTo(new[] { "code", "message" }));
            Assert.That(refused.Header("Retry-After"), Is.EqualTo("5"));
            Assert.That(refused.Header("WWW-Authenticate"), Is.Null);
        });
    }

    [Test]
    public async Task Right_credentials_are_accepted_again_after_the_wait()
    {
        await GuessAsync(AttemptLimiter.Burst);
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.That((int)(await AskAsync("hash", "hashed")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Credentials_that_were_accepted_before_are_accepted_despite_wrong_ones()
    {
        Assert.That((int)(await AskAsync("hash", "hashed")).Status, Is.EqualTo(200));
        await GuessAsync(AttemptLimiter.Burst + 5);
        Assert.That((int)(await AskAsync("hash", "hashed")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Requests_without_credentials_are_answered_as_usual_despite_wrong_ones()
    {
        await GuessAsync(AttemptLimiter.Burst + 5);
        Assert.That((int)(await _server.Anonymous.GetAnswerAsync("/ping")).Status, Is.EqualTo(200));
        Assert.That((int)(await _server.Anonymous.PostAnswerAsync("/images")).Status, Is.EqualTo(401));
    }

    [Test]
    public async Task Missing_credentials_are_not_counted_as_wrong()
    {
        for (var i = 0; i < 2 * AttemptLimiter.Burst; i++)
        {
            await _server.Anonymous.PostAnswerAsync("/images");
        }

        Assert.That((int)(await AskAsync("hash", "hashed")).Status, Is.EqualTo(200));
        Assert.That(_log.Warnings[_startWarnings..], Is.Empty);
    }

    [Test]
    public async Task Of_simultaneous_attempts_only_the_burst_is_checked()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => AskAsync("hash", $"guess {i}")));
        Assert.That(answers.Count(answer => (int)answer.Status == 401), Is.EqualTo(AttemptLimiter.Burst));
        Assert.That(answers.Count(answer => (int)answer.Status == 429), Is.EqualTo(100 - AttemptLimiter.Burst));
    }

    [Test]
    public async Task Each_failed_attempt_is_logged_with_a_printable_name_and_without_secrets()
    {
        await AskAsync("ad\r\nmin\u202e\u001b[2J", "wrong-password");
        await _server.Anonymous.GetAnswerAsync("/ping", ("Authorization", "Basic c2VjcmV0LWhlYWRlcg=="));
        Assert.That(_log.Warnings[_startWarnings..], Is.EqualTo(new[]
        {
            "credentials refused: user ad??min??[2J, address 127.0.0.1, reason Invalid username/password combination",
            "credentials refused: user -, address 127.0.0.1, reason not well-formed Basic credentials",
        }));
    }

    [Test]
    public void A_long_name_is_truncated_in_the_log() =>
        Assert.That(VisibleText.Cut(new string('x', 10_000)), Has.Length.LessThan(200));

    private async Task GuessAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            await AskAsync("nobody", $"guess {i}");
        }
    }

    private Task<Answer> AskAsync(string user, string password) =>
        _server.Anonymous.GetAnswerAsync("/ping", ("Authorization", TestServer.Basic(user, password).ToString()));
}
