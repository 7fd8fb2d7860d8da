using ImgApi.Tests.Support;

namespace ImgApi.Tests.Specification;

/// <summary>A server with passwords and keys: the first word of the header selects the scheme (contract 7).</summary>
[TestFixture]
internal sealed class BothSchemesChecks
{
    private TestServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        var key = await SshKeys.PublicAsync("ed25519");
        _server = await TestServer.StartAsync(
            ServerMode.Public,
            configure: configuration => configuration with
            {
                Keys = new Dictionary<string, IReadOnlyList<string>> { ["bob"] = [key] },
            });
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [TestCase("Basic")]
    [TestCase("basic")]
    [TestCase("BASIC")]
    [Check(58)]
    public async Task The_name_of_the_scheme_is_case_insensitive(string word)
    {
        var header = $"{word} {TestServer.Basic(TestServer.User, TestServer.Password).Parameter}";
        var answer = await _server.Anonymous.GetAnswerAsync("/ping", ("Authorization", header));
        Assert.That(answer.Json.GetProperty("user").GetString(), Is.EqualTo(TestServer.User));
    }

    [Test]
    public async Task A_signature_is_accepted_beside_passwords()
    {
        var date = TimeProvider.System.GetUtcNow().ToString("r", System.Globalization.CultureInfo.InvariantCulture);
        var header = await JoyentSigner.SignAsync(
            new(await SshKeys.PrivateAsync("ed25519"), "bob", "GET", "/ping", new() { ["date"] = date }));
        var answer = await _server.Anonymous.GetAnswerAsync("/ping", ("Date", date), ("Authorization", header));
        Assert.That(answer.Json.GetProperty("user").GetString(), Is.EqualTo("bob"));
    }

    [TestCase("Bearer x", "scheme was not \"Signature\"")]
    [TestCase("Basic bm86bm8=", "Invalid username/password combination")]
    [TestCase("Basic !", "not well-formed Basic credentials")]
    [TestCase("Signature x", "bad param format")]
    [Check(59, 60)]
    public async Task A_refusal_has_the_message_of_its_scheme_and_challenges_for_both(string header, string message)
    {
        var answer = await _server.Anonymous.GetAnswerAsync("/images", ("Authorization", header));
        Assert.That((int)answer.Status, Is.EqualTo(401));
        Assert.That(answer.Message, Is.EqualTo(message));
        Assert.That(answer.Header("WWW-Authenticate"), Does.Contain("Basic realm=\"imgapi\"").And.Contain("Signature realm=\"imgapi\""));
    }

    [Test]
    public async Task A_user_with_a_key_has_no_password()
    {
        var bob = TestServer.Basic("bob", "").ToString();
        Assert.That((int)(await _server.Anonymous.GetAnswerAsync("/ping", ("Authorization", bob))).Status, Is.EqualTo(401));
    }
}
