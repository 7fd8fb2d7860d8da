using ImgApi.Tests.Support;

namespace ImgApi.Tests.Specification;

/// <summary>Passwords and keys side by side: the word in the header picks.</summary>
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
    public async Task Check_058_passwords_are_accepted_whatever_the_case_of_the_word(string word)
    {
        var header = $"{word} {TestServer.Basic(TestServer.User, TestServer.Password).Parameter}";
        var answer = await _server.Anonymous.GetAnswerAsync("/ping", ("Authorization", header));
        Assert.That(answer.Json.GetProperty("user").GetString(), Is.EqualTo(TestServer.User));
    }

    [Test]
    public async Task Signatures_are_accepted_too()
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
    public async Task Check_059_and_060_refusals_are_those_of_the_scheme_and_name_both(string header, string message)
    {
        var answer = await _server.Anonymous.GetAnswerAsync("/images", ("Authorization", header));
        Assert.That((int)answer.Status, Is.EqualTo(401));
        Assert.That(answer.Message, Is.EqualTo(message));
        Assert.That(answer.Header("WWW-Authenticate"), Does.Contain("Basic realm=\"imgapi\"").And.Contain("Signature realm=\"imgapi\""));
    }

    [Test]
    public async Task Names_and_passwords_of_one_scheme_do_not_count_in_the_other()
    {
        var bob = TestServer.Basic("bob", "").ToString();
        Assert.That((int)(await _server.Anonymous.GetAnswerAsync("/ping", ("Authorization", bob))).Status, Is.EqualTo(401));
    }
}
