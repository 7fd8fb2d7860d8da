using System.Globalization;
using ImgApi.Domain.Access;
using ImgApi.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ImgApi.Tests.Specification;

/// <summary>
/// A server in mode public with keys instead of passwords. User <c>bob</c> has an RSA key in the configuration, and
/// <c>carol</c> one key of each type. The tests set the clock.
/// </summary>
internal abstract class SignatureFixture
{
    protected const string Bob = "rsa";
    protected const string Stranger = "rsa-stranger";

    private readonly TemporaryFolder _folder = new();

    protected TestServer Server { get; private set; } = null!;

    protected HttpClient Anonymous => Server.Anonymous;

    protected FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 23, 3, 9, 51, TimeSpan.Zero));

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        var all = await Task.WhenAll(SshKeys.Kinds.Select(SshKeys.PublicAsync));
        var bob = await SshKeys.PublicAsync(Bob);
        Server = await TestServer.StartAsync(
            ServerMode.Public,
            configure: configuration => configuration with
            {
                Users = [],
                Keys = new Dictionary<string, IReadOnlyList<string>> { ["bob"] = [bob], ["carol"] = all, ["reader"] = [bob] },
                Roles = new Dictionary<string, Role> { ["reader"] = Role.Read },
                KeyFolder = _folder.Path,
            },
            replace: services => services.AddSingleton<TimeProvider>(Clock));
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await Server.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>Lets enough time pass that the failed attempts of one test do not delay the next.</summary>
    [SetUp]
    public void LetAttemptsExpire() => Clock.Advance(TimeSpan.FromMinutes(10));

    protected string Date(double skew = 0) => (Clock.GetUtcNow() + TimeSpan.FromSeconds(skew)).ToString("r", CultureInfo.InvariantCulture);

    protected void AddKeysFile(string name, string text) => _folder.Write(name, text);

    /// <summary>Signs a request (<c>GET /ping</c> by default) with a date that is <paramref name="skew"/> seconds ahead, and sends it.</summary>
    protected async Task<Answer> SendAsync(
        string key = Bob,
        string user = "bob",
        string? algorithm = null,
        double skew = 0,
        string method = "GET",
        string url = "/ping",
        string[]? headers = null,
        bool joyent = false,
        HttpContent? body = null)
    {
        var date = Date(skew);
        var sent = new Dictionary<string, string> { ["date"] = date, ["host"] = Server.Address.Authority, ["x-two"] = "a, b" };
        var order = new JoyentSigner.Order(await SshKeys.PrivateAsync(key), user, method, url, sent, algorithm, headers, joyent);
        return await Anonymous.AnswerAsync(
            new HttpMethod(method), url, body,
            ("Date", date), ("x-two", "a"), ("x-two", "b"), ("Authorization", await JoyentSigner.SignAsync(order)));
    }

    /// <summary>Sends <c>GET /ping</c> with these headers.</summary>
    protected Task<Answer> PingAsync(params (string Name, string Value)[] headers) => Anonymous.GetAnswerAsync("/ping", headers);

    /// <summary>The message about a request without credentials. The reference has only its first word.</summary>
    protected const string NoCredentials = "Unauthorized: this request needs a signature by a user's key (HTTP Signature)";

    protected static void AssertUnauthorized(Answer answer, string message)
    {
        Assert.That((int)answer.Status, Is.EqualTo(401), answer.Text);
        Assert.That(answer.Code, Is.EqualTo("UnauthorizedError"));
        Assert.That(answer.Message, Is.EqualTo(message));
        Assert.That(answer.Header("Content-Type"), Is.EqualTo("application/json"));
        Assert.That(answer.Header("WWW-Authenticate"), Is.EqualTo("Signature realm=\"imgapi\",headers=\"date\""));
    }
}
