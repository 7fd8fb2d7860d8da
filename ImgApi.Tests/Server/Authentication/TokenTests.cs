using ImgApi.Api.Authentication;
using ImgApi.Domain.Access;
using ImgApi.Infrastructure.FileSystem.Stores;
using ImgApi.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace ImgApi.Tests.Server.Authentication;

/// <summary>Tokens in place of passwords.</summary>
[TestFixture]
internal sealed class TokenTests
{
    private FakeTimeProvider _clock = null!;
    private LogRecorder _log = null!;
    private UsersFileServer _server = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _clock = new FakeTimeProvider(DateTimeOffset.Parse("2026-11-23T03:09:51Z", null));
        _log = new LogRecorder();
        _server = await UsersFileServer.StartAsync(
            replace: services => services.AddSingleton<TimeProvider>(_clock).AddSingleton<ILoggerProvider>(_log));
        _server.AddUser("joe", Role.Publish);
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _server.DisposeAsync();
        _log.Dispose();
    }

    private static string Bearer(string secret) => $"Bearer {secret}";

    private async Task<(int Status, string Message)> RefusalAsync(string authorization)
    {
        var answer = await _server.AskAsync(authorization);
        return ((int)answer.Status, answer.Message);
    }

    [Test]
    public async Task A_token_is_a_password_of_its_user() =>
        Assert.That(await _server.WhoAsync(UsersFileServer.Basic("joe", _server.AddToken("joe", Role.Publish).Secret)), Is.EqualTo(("joe", "publish")));

    [Test]
    public async Task A_token_is_a_bearer_token() =>
        Assert.That(await _server.WhoAsync(Bearer(_server.AddToken("joe", Role.Publish).Secret)), Is.EqualTo(("joe", "publish")));

    [Test]
    public async Task A_token_of_a_user_of_the_configuration_acts_for_that_user() =>
        Assert.That(await _server.WhoAsync(Bearer(_server.AddToken(TestServer.User, Role.Manage).Secret)), Is.EqualTo(("admin", "manage")));

    [Test]
    public async Task A_token_without_a_user_acts_under_its_id()
    {
        var (token, secret) = _server.AddToken(user: null, Role.Manage);
        Assert.That(await _server.WhoAsync(UsersFileServer.Basic(token.Id, secret)), Is.EqualTo((token.Id, "manage")));
    }

    [Test]
    public async Task A_token_has_at_most_the_role_of_its_user() =>
        Assert.That(await _server.WhoAsync(Bearer(_server.AddToken("joe", Role.Admin).Secret)), Is.EqualTo(("joe", "publish")));

    [Test]
    public async Task A_token_loses_the_role_that_its_user_loses()
    {
        var secret = _server.AddToken("joe", Role.Publish).Secret;
        await _server.WhoAsync(Bearer(secret));
        _server.File.SetRole("joe", Role.Read);
        Assert.That(await _server.WhoAsync(Bearer(secret)), Is.EqualTo(("joe", "read")));
    }

    [Test]
    public async Task A_token_does_not_survive_its_user()
    {
        var secret = _server.AddToken("joe", Role.Publish).Secret;
        _server.File.RemoveUser("joe");
        Assert.That(await RefusalAsync(Bearer(secret)), Is.EqualTo((401, "unknown token")));
    }

    [Test]
    public async Task A_token_of_a_user_who_is_unknown_is_refused() =>
        Assert.That(await RefusalAsync(Bearer(_server.AddToken("ann", Role.Read).Secret)), Is.EqualTo((401, "the user \"ann\" of the token no longer exists")));

    [Test]
    public async Task A_token_expires()
    {
        var secret = _server.AddToken("joe", Role.Publish, _clock.GetUtcNow().AddDays(1)).Secret;
        await _server.WhoAsync(Bearer(secret));
        _clock.Advance(TimeSpan.FromDays(1));
        Assert.That(await RefusalAsync(Bearer(secret)), Is.EqualTo((401, "the token expired at 2026-11-24T03:09:51.000Z")));
    }

    [Test]
    public async Task A_revoked_token_is_refused_at_once()
    {
        var (token, secret) = _server.AddToken("joe", Role.Publish);
        await _server.WhoAsync(Bearer(secret));
        _server.File.RevokeToken(token.Id, _clock.GetUtcNow());
        Assert.That(await RefusalAsync(Bearer(secret)), Is.EqualTo((401, "the token was revoked at 2026-11-23T03:09:51.000Z")));
    }

    [Test]
    public async Task The_id_of_a_token_is_no_credential()
    {
        var (token, _) = _server.AddToken("joe", Role.Publish);
        Assert.That(await RefusalAsync(Bearer(token.Id)), Is.EqualTo((401, "unknown token")));
    }

    [Test]
    public async Task A_token_is_refused_with_the_name_of_another_user() =>
        Assert.That(
            await RefusalAsync(UsersFileServer.Basic("ann", _server.AddToken("joe", Role.Publish).Secret)),
            Is.EqualTo((401, "the token belongs to another user name: send joe")));

    [Test]
    public async Task Guessed_tokens_are_limited_as_passwords_are()
    {
        for (var i = 0; i < AttemptLimiter.Burst; i++)
        {
            Assert.That(await RefusalAsync(Bearer(TokenSecret.Create())), Is.EqualTo((401, "unknown token")));
        }

        Assert.That((await RefusalAsync(UsersFileServer.Basic("joe", TokenSecret.Create()))).Status, Is.EqualTo(429));
    }

    [Test]
    public async Task A_token_that_has_ended_is_limited_too()
    {
        var secret = _server.AddToken("joe", Role.Publish, _clock.GetUtcNow()).Secret;
        for (var i = 0; i < AttemptLimiter.Burst; i++)
        {
            await RefusalAsync(Bearer(secret));
        }

        Assert.That((await RefusalAsync(Bearer(secret))).Status, Is.EqualTo(429));
    }

    [Test]
    public async Task The_sign_in_takes_no_token_because_a_session_has_the_role_of_the_user()
    {
        using var browser = new PageClient(_server.Server);
        Assert.That((int)(await browser.SignInAsync("joe", _server.AddToken("joe", Role.Read).Secret)).Status, Is.EqualTo(401));
    }

    [Test]
    public async Task No_token_appears_in_the_log_even_as_the_name_of_a_user()
    {
        var (token, secret) = _server.AddToken("joe", Role.Publish);
        _server.File.RevokeToken(token.Id, _clock.GetUtcNow());
        await _server.AskAsync(Bearer(secret));
        await _server.AskAsync(UsersFileServer.Basic(secret, ""));
        await _server.AskAsync(UsersFileServer.Basic("joe", TokenSecret.Create()));
        var lines = string.Join('\n', _log.Lines);
        Assert.That(lines, Does.Contain("user imgapi_***, address").And.Not.Match("imgapi_[0-9a-f]"));
        Assert.That(lines, Does.Not.Contain(token.Hash));
    }

    [Test]
    public async Task The_last_use_is_kept_over_a_restart()
    {
        var (token, secret) = _server.AddToken("joe", Role.Publish);
        await _server.WhoAsync(Bearer(secret));
        var folder = _server.Server.DataFolder;
        await _server.Server.DisposeAsync();
        await _server.RestartAsync();
        await _server.Server.DisposeAsync();
        var uses = new TokenUseFile(folder).Read();
        await _server.RestartAsync();
        Assert.That(uses, Is.EqualTo(new Dictionary<string, DateTimeOffset> { [token.Id] = _clock.GetUtcNow() }));
    }

    [Test]
    public async Task The_last_use_of_a_removed_token_is_forgotten()
    {
        var (_, secret) = _server.AddToken("joe", Role.Publish);
        await _server.WhoAsync(Bearer(secret));
        _server.File.RemoveUser("joe");
        await _server.WhoAsync(Bearer(secret));
        var folder = _server.Server.DataFolder;
        await _server.Server.DisposeAsync();
        var uses = new TokenUseFile(folder).Read();
        await _server.RestartAsync();
        Assert.That(uses, Is.Empty);
    }
}
