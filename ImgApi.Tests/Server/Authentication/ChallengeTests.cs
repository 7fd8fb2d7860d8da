using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Authentication;

/// <summary>The answer to a request without credentials.</summary>
[TestFixture]
internal sealed class ChallengeTests
{
    private TestServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _server = await TestServer.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [Test]
    public async Task A_refusal_names_the_credentials_that_are_needed() =>
        Assert.That(
            (await _server.Anonymous.PostAnswerAsync("/images")).Message,
            Is.EqualTo("Unauthorized: this request needs user name and password (HTTP Basic)"));

    [Test]
    public async Task A_refusal_by_a_server_with_keys_names_signatures_too()
    {
        using var folder = new TemporaryFolder();
        await using var server = await TestServer.StartAsync(configure: configuration => configuration with { KeyFolder = folder.Path });
        Assert.That(
            (await server.Anonymous.PostAnswerAsync("/images")).Message,
            Is.EqualTo("Unauthorized: this request needs user name and password (HTTP Basic), or a signature by a user's key (HTTP Signature)"));
    }

    [TestCase("cors")]
    [TestCase("same-origin")]
    [TestCase("no-cors")]
    public async Task The_script_of_a_page_gets_no_challenge_because_it_would_open_a_login_dialog(string mode) =>
        Assert.That(await ChallengeAsync(mode), Is.Null);

    [TestCase("navigate")]
    [TestCase(null)]
    public async Task A_browser_navigation_and_curl_get_a_challenge(string? mode) =>
        Assert.That(await ChallengeAsync(mode), Does.StartWith("Basic "));

    private async Task<string?> ChallengeAsync(string? mode)
    {
        (string, string)[] headers = mode is null ? [] : [("Sec-Fetch-Mode", mode)];
        return (await _server.Anonymous.AnswerAsync(HttpMethod.Get, "/state", null, headers)).Header("WWW-Authenticate");
    }
}
