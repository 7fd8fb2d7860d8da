using ImgApi.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ImgApi.Tests.Specification;

/// <summary>The configuration key <c>requireSignedTarget</c>: signatures must cover the method and the path.</summary>
[TestFixture]
[Category("Slow")]
internal sealed class SignedTargetTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 3, 9, 51, TimeSpan.Zero));
    private TestServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        var bob = await SshKeys.PublicAsync("rsa");
        _server = await TestServer.StartAsync(
            configure: configuration => configuration with
            {
                Users = [],
                Keys = new Dictionary<string, IReadOnlyList<string>> { ["bob"] = [bob] },
                RequireSignedTarget = true,
            },
            replace: services => services.AddSingleton<TimeProvider>(_clock));
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    private async Task<Answer> PingAsync(params string[] headers)
    {
        var date = _clock.GetUtcNow().ToString("r");
        var signature = await JoyentSigner.SignAsync(
            new(await SshKeys.PrivateAsync("rsa"), "bob", "GET", "/ping", new Dictionary<string, string> { ["date"] = date }, Headers: headers));
        return await _server.Anonymous.GetAnswerAsync("/ping", ("Date", date), ("Authorization", signature));
    }

    [TestCase("(request-target)")]
    [TestCase("request-line")]
    public async Task A_signature_of_the_target_is_accepted(string name) =>
        Assert.That((int)(await PingAsync("date", name)).Status, Is.EqualTo(200));

    [Test]
    public async Task A_signature_of_the_date_alone_is_refused()
    {
        var answer = await PingAsync("date");
        Assert.That((int)answer.Status, Is.EqualTo(401));
        Assert.That(answer.Text, Does.Contain("(request-target) was not a signed header"));
    }

    [Test]
    public async Task The_challenge_names_the_headers_that_a_signature_must_cover()
    {
        var answer = await _server.Anonymous.PostAnswerAsync("/images", Requests.Manifest());
        Assert.That(answer.Header("WWW-Authenticate"), Is.EqualTo("Signature realm=\"imgapi\",headers=\"date (request-target)\""));
    }
}
