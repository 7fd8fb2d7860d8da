using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using ImgApi.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ImgApi.Tests.Security.Fuzzing;

/// <summary>Random requests to a whole server in each mode: every answer is one of the contract, and the server stays up.</summary>
[TestFixture(ServerMode.Mixed)]
[TestFixture(ServerMode.Public)]
[TestFixture(ServerMode.Dc)]
[Category("Fuzz")]
[Category("Slow")]
internal sealed class ServerFuzzing(ServerMode mode)
{
    // The 5xx that do not mean a bug in the server.
    private static readonly int[] Known = [501, 503, 507];

    private const int RenewEvery = 50;

    private readonly LogRecorder _log = new();
    private readonly ConcurrentDictionary<int, int> _statuses = new();
    private int _sent;
    private TestServer _server = null!;
    private HttpClient _client = null!;
    private string _image = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _server = await TestServer.StartAsync(mode, replace: services => services.AddSingleton<ILoggerProvider>(_log));
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = _server.Address };
        await MakeImageAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        _log.Dispose();
    }

    [Test]
    public async Task Every_random_request_gets_an_answer_of_the_contract_and_the_server_stays_up()
    {
        await Fuzz.CheckAsync(RandomRequests.One, AssertKnownAsync);
        TestContext.Out.WriteLine(string.Join(", ", _statuses.OrderBy(status => status.Key).Select(status => $"{status.Value} times {status.Key}")));
        var ping = await _server.Anonymous.GetAnswerAsync("/ping");
        Assert.That(ping.Text, Does.Contain("pong"));
        Assert.That(_log.Lines, Has.None.Contains("Unhandled").And.None.Contains("NullReference"));
    }

    private async Task AssertKnownAsync(RandomRequest random)
    {
        using var request = Request(random);
        using var response = await _client.SendAsync(request);
        var status = (int)response.StatusCode;
        _statuses.AddOrUpdate(status, 1, (_, count) => count + 1);
        if (response.StatusCode == HttpStatusCode.NoContent || Interlocked.Increment(ref _sent) % RenewEvery == 0)
        {
            await MakeImageAsync();
        }

        var text = await response.Content.ReadAsStringAsync();
        var asked = random.Target.Contains("error=", StringComparison.Ordinal) && random.Target.Contains("ping", StringComparison.Ordinal);
        Assert.That(status < 500 || Known.Contains(status) || asked, $"{status} {text}\n{random}");
        if (!response.Headers.Contains("x-request-id"))
        {
            // Kestrel itself refuses what is not HTTP, without a request id.
            Assert.That(status, Is.AnyOf(400, 414, 431), $"{random}");
        }
        else if (status >= 400 && request.Method != HttpMethod.Head && response.StatusCode != HttpStatusCode.ExpectationFailed)
        {
            if (response.Content.Headers.ContentType?.MediaType == "text/html")
            {
                Assert.That(text, Does.Contain("<h1>"), $"{status} {random}");
            }
            else
            {
                AssertError(text, $"{status} {random}");
            }
        }
    }

    /// <summary>Creates the image that requests use. It is replaced after a deletion, and regularly, since requests activate it.</summary>
    private async Task MakeImageAsync()
    {
        var image = await _server.Admin.CreateAsync(("owner", "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa"), ("public", mode == ServerMode.Public));
        await _server.Admin.UploadAsync(image);
        _image = image;
    }

    private static void AssertError(string text, string request)
    {
        Assert.That(text, Does.StartWith("{"), request);
        using var error = JsonDocument.Parse(text);
        Assert.That(error.RootElement.GetProperty("code").GetString(), Is.Not.Empty, request);
        Assert.That(error.RootElement.GetProperty("message").GetString(), Is.Not.Null, request);
    }

    private HttpRequestMessage Request(RandomRequest random)
    {
        var target = random.Target.Replace("{other}", $"{Guid.NewGuid()}", StringComparison.Ordinal).Replace("{image}", _image, StringComparison.Ordinal).Replace("%7Bimage%7D", _image, StringComparison.Ordinal);
        var options = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };
        var request = new HttpRequestMessage(new HttpMethod(random.Method), new Uri(_server.Address.GetLeftPart(UriPartial.Authority) + target, options));
        if (random.Body is { } body && random.Method != "TRACE")
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        }

        if (random.Trusted)
        {
            request.Headers.Authorization = TestServer.Basic(TestServer.User, TestServer.Password);
        }

        foreach (var (name, value) in random.Headers.DistinctBy(header => header.Name))
        {
            if (name is not ("Expect" or "Authorization") || !random.Trusted)
            {
                _ = request.Headers.TryAddWithoutValidation(name, value) || request.Content?.Headers.TryAddWithoutValidation(name, value) == true;
            }
        }

        return request;
    }
}
