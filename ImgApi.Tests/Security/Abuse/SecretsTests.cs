using System.Globalization;
using System.Text;
using ImgApi.Api.Configuration;
using ImgApi.Infrastructure.Security;
using ImgApi.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ImgApi.Tests.Security.Abuse;

/// <summary>Secrets appear neither in the log nor in answers.</summary>
[TestFixture]
[Category("Abuse")]
[Category("Slow")]
internal sealed class SecretsTests
{
    private const string Clear = "clear-Pa55word";
    private const string Hashed = "hashed-Pa55word";
    private const string Wrong = "wrong-Pa55word";
    private const string OfSource = "source-Pa55word";
    private const string OfProxy = "proxy-Pa55word";
    private const string Signature = "c2lnbmF0dXJlLW9mLW5vYm9keQ==";

    private readonly List<string> _answers = [];

    [Test]
    public async Task No_password_hash_signature_or_key_appears_in_the_log_or_in_an_answer()
    {
        var hash = PasswordHash.Create(Hashed, iterations: 20_000).ToString();
        var key = (await SshKeys.PublicAsync("rsa")).Split(' ')[1];
        using var log = new LogRecorder();
        await using (var server = await TestServer.StartAsync(
            configure: configuration => configuration with
            {
                Users = [new("clear", Clear), new("hashed", hash)],
                Keys = new Dictionary<string, IReadOnlyList<string>> { ["bob"] = ["ssh-rsa " + key] },
                Remote = configuration.Remote with { Proxy = new Uri($"http://me:{OfProxy}@127.0.0.1:1") },
            },
            replace: services => services.AddSingleton<ILoggerProvider>(log)))
        {
            await AuthenticateAsync(server);
            await ImportAsync(server);
            await FailAsync(server);
        }

        Assert.That(log.Lines, Has.Length.GreaterThan(10));
        Assert.That(_answers, Has.Count.GreaterThan(20));
        foreach (var secret in Secrets(hash, key))
        {
            Assert.That(log.Lines, Has.None.Contains(secret));
            Assert.That(_answers, Has.None.Contains(secret));
        }
    }

    [TestCase("""{"datadir":"x","userdb":[{"name":"a","password":"PASSWORD","x":1}]}""")]
    [TestCase("""{"datadir":"x","userdb":[{"name":"a:b","password":"PASSWORD"}]}""")]
    [TestCase("""{"datadir":"x","userdb":[{"name":"a","password":"$2b$PASSWORD"}]}""")]
    [TestCase("""{"datadir":"x","authKeys":{"a":["ssh-rsa PASSWORD"]}}""")]
    [TestCase("""{"datadir":"x","httpProxy":"https://a:PASSWORD@h"}""")]
    [TestCase("""{"datadir":"x","imgapiUrlFromDatacenter":{"a":"ftp://a:PASSWORD@h"}}""")]
    [TestCase("""{"datadir":"x","userdb":[{"name":"a","password":"PASSWORD" """)]
    public void An_invalid_configuration_is_refused_without_showing_its_secrets(string text)
    {
        using var folder = new TemporaryFolder();
        var refusal = Assert.Throws<ConfigurationException>(() => ConfigurationFile.Read(folder.Write("config.json", text.Replace("PASSWORD", Clear, StringComparison.Ordinal))))!;
        Assert.That(refusal.ToString(), Does.Not.Contain(Clear));
    }

    private static IEnumerable<string> Secrets(string hash, string key) =>
    [
        Clear, Hashed, Wrong, OfSource, OfProxy, Signature, key[^40..], .. hash.Split('$')[^2..],
        .. ((string[])[$"clear:{Clear}", $"hashed:{Hashed}", $"clear:{Wrong}", $"me:{OfSource}", $"me:{OfProxy}"]).Select(Base64),
    ];

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=');

    private async Task AuthenticateAsync(TestServer server)
    {
        var date = TimeProvider.System.GetUtcNow().ToString("r", CultureInfo.InvariantCulture);
        foreach (var credentials in (string[])
        [
            $"{TestServer.Basic("clear", Clear)}", $"{TestServer.Basic("hashed", Hashed)}", $"{TestServer.Basic("clear", Wrong)}",
            $"{TestServer.Basic("nobody", Wrong)}", $"Basic {Wrong}", $"Bearer {Wrong}",
            $"Signature keyId=\"bob\",algorithm=\"rsa-sha256\",signature=\"{Signature}\"",
            $"Signature keyId=\"bob\",algorithm=\"rsa-sha256\",signature=\"{Signature}",
        ])
        {
            await SendAsync(server, HttpMethod.Get, "/ping", null, ("Authorization", credentials), ("Date", date));
            await SendAsync(server, HttpMethod.Post, "/images", Requests.Manifest(), ("Authorization", credentials), ("Date", date));
        }
    }

    /// <summary>Imports from a source with credentials that cannot be reached.</summary>
    private async Task ImportAsync(TestServer server)
    {
        var login = ("Authorization", $"{TestServer.Basic("clear", Clear)}");
        var source = Uri.EscapeDataString($"http://me:{OfSource}@127.0.0.1:1/x?channel=dev");
        var uuid = Guid.NewGuid();
        await SendAsync(server, HttpMethod.Post, $"/images/{uuid}?action=import&source={source}", null, login);
        await SendAsync(server, HttpMethod.Post, $"/images/{uuid}?action=import-remote&source={source}", null, login);
        var made = await SendAsync(server, HttpMethod.Post, "/images", Requests.Manifest(), login);
        await SendAsync(server, HttpMethod.Put, $"/images/{made.Uuid}/file?source={source}", null, login);
        await SendAsync(
            server, HttpMethod.Post, $"/images/{made.Uuid}/file/from-url?compression=gzip", Requests.Json($$"""{"file_url":"https://me:{{OfSource}}@127.0.0.1:1/"}"""), login);
        await SendAsync(server, HttpMethod.Get, "/jobs", null, login);
    }

    private async Task FailAsync(TestServer server)
    {
        var login = ("Authorization", $"{TestServer.Basic("clear", Clear)}");
        await SendAsync(server, HttpMethod.Post, "/images", Requests.Json("{"), login);
        await SendAsync(server, HttpMethod.Get, "/ping?error=InternalError", null, login);
        await SendAsync(server, HttpMethod.Get, "/state", null, login);
        await SendAsync(server, HttpMethod.Get, "/metrics", null, login);
        await SendAsync(server, HttpMethod.Get, "/health", null, login);
        await SendAsync(server, HttpMethod.Post, "/authkeys/reload", null, login);
        await SendAsync(server, HttpMethod.Get, "/swagger/v1/swagger.json", null, login);
    }

    private async Task<Answer> SendAsync(
        TestServer server, HttpMethod method, string url, HttpContent? body, params (string Name, string Value)[] headers)
    {
        var answer = await server.Anonymous.AnswerAsync(method, url, body, headers);
        _answers.Add(answer.Headers + answer.Text);
        return answer;
    }
}
