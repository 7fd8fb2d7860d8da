using ImgApi.Domain.Access;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Authentication;

/// <summary>Where the server offers tokens.</summary>
[TestFixture]
internal sealed class TokenChallengeTests
{
    private UsersFileServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _server = await UsersFileServer.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [Test]
    public async Task A_server_with_a_users_file_offers_tokens_after_passwords() =>
        Assert.That((await _server.Server.Anonymous.PostAnswerAsync("/images")).Header("WWW-Authenticate"), Is.EqualTo("Basic realm=\"imgapi\", charset=\"UTF-8\", Bearer realm=\"imgapi\""));

    [Test]
    public async Task A_server_without_a_users_file_offers_passwords_only()
    {
        await using var server = await TestServer.StartAsync();
        Assert.That((await server.Anonymous.PostAnswerAsync("/images")).Header("WWW-Authenticate"), Is.EqualTo("Basic realm=\"imgapi\", charset=\"UTF-8\""));
    }

    [Test]
    public async Task A_refusal_names_tokens_too() =>
        Assert.That(
            (await _server.Server.Anonymous.PostAnswerAsync("/images")).Message,
            Is.EqualTo("Unauthorized: this request needs user name and password (HTTP Basic), or a token (Bearer)"));

    [Test]
    public async Task An_unknown_kind_of_credentials_is_refused_as_on_a_server_without_tokens() =>
        Assert.That((await _server.AskAsync("Digest x")).Message, Is.EqualTo("not well-formed Basic credentials"));

    [Test]
    public async Task The_API_documentation_has_tokens_as_a_kind_of_credentials()
    {
        var document = (await _server.Server.Anonymous.GetAnswerAsync("/swagger/v1/swagger.json")).Json;
        Assert.That(document.GetProperty("components").GetProperty("securitySchemes").GetProperty("Bearer").GetProperty("scheme").GetString(), Is.EqualTo("bearer"));
    }

    [Test]
    public async Task The_image_client_of_imgadm_publishes_with_a_token_in_the_URL()
    {
        _server.AddUser("ci", Role.Publish);
        var url = new UriBuilder(_server.Server.Address) { UserName = "ci", Password = _server.AddToken("ci", Role.Publish).Secret };
        var (code, output, error) = await NodeScripts.RunAsync("token-client.js", url.Uri.AbsoluteUri);
        Assert.That((code, output.Trim()), Is.EqualTo((0, "active")), error);
    }
}
