using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using ImgApi.Api.Logging;
using ImgApi.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ImgApi.Tests.Security.Abuse;

/// <summary>Callers and sources that send line breaks, bidirectional characters and terminal control sequences.</summary>
[TestFixture]
[Category("Slow")]
[Category("Abuse")]
internal sealed partial class HostileTextTests
{
    private const string Bad = "a\r\nforged\n\u001b[2J\u0007\b\u009b\u202e\u2066\u200b\u2028\u0085\u0000\ufeff\u007fz";

    private FormattedLog _log = null!;
    private TestServer _server = null!;

    private static string InJson => JsonSerializer.Serialize(Bad);

    [SetUp]
    public async Task StartAsync()
    {
        _log = new FormattedLog();
        _server = await TestServer.StartAsync(
            configure: configuration => configuration with
            {
                LogLevel = LogLevel.Trace,
                Remote = configuration.Remote with { FirstWait = TimeSpan.FromMilliseconds(1) },
            },
            replace: services => services.AddSingleton<ILoggerProvider>(_log));
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _server.DisposeAsync();
        _log.Dispose();
    }

    /// <summary>Answers of a source with the text in each part of an answer. Heads are sent as Latin-1.</summary>
    private static IEnumerable<TestCaseData> Answers => new (string Name, string Head, Func<string, string> Body)[]
    {
        ("error", "500 Oh no", _ => $$"""{"code":"InternalError","message":{{InJson}},"errors":[{"field":{{InJson}},"code":{{InJson}},"message":{{InJson}}}]}"""),
        ("refusal", "404 Not Found", _ => $$"""{"code":"ResourceNotFound","message":{{InJson}}}"""),
        ("reason", "500 a\u001b[2J\u0007\u009bz", _ => ""),
        ("header", "200 OK\r\nX\u001b[2J: \u001b[2J\u0007\u009b", uuid => Manifest(uuid, "")),
        ("line", "abc\u001b[2J\u0007 OK", _ => ""),
        ("name", "200 OK", uuid => Manifest(uuid, $",\"name\":{InJson},\"version\":{InJson},\"description\":{InJson}")),
        ("words", "200 OK", uuid => Manifest(uuid, $",\"type\":{InJson},\"os\":{InJson},\"state\":{InJson},\"tags\":{InJson}")),
        ("keys", "200 OK", uuid => Manifest(uuid, $",{InJson}:{InJson},\"requirements\":{{{InJson}:{InJson}}}")),
        ("file", "200 OK", uuid => Manifest(uuid, $",\"files\":[{{\"sha1\":{InJson},\"size\":{InJson},\"compression\":{InJson}}}]")),
        ("origin", "200 OK", uuid => Manifest(uuid, $",\"origin\":{InJson}")),
    }.Select(answer => new TestCaseData(answer.Head, answer.Body).SetArgDisplayNames(answer.Name));

    [TestCaseSource(nameof(Answers))]
    public async Task Control_characters_of_a_source_appear_neither_in_the_log_nor_in_an_answer(string head, Func<string, string> body)
    {
        await using var source = new ScriptedServer(exchange => exchange.SendAsync(head, body(exchange.Target.Split('/')[2])));
        var uuid = Uuid.New().ToString();
        AssertClean(await _server.Admin.ImportRemoteAsync(uuid, source.Address));
        AssertClean(await _server.Admin.ImportFromAsync(uuid, source.Address));
        AssertClean(await _server.Admin.FileFromAsync(await _server.Admin.CreateAsync(), source.Address));
        AssertLogIsClean();
    }

    [Test]
    public async Task Control_characters_of_a_source_do_not_appear_in_the_result_of_a_job()
    {
        var uuid = Uuid.New().ToString();
        await using var source = new ScriptedServer(exchange => exchange.IsForFile
            ? exchange.SendAsync("500 Oh no", $$"""{"code":"InternalError","message":{{InJson}},"errors":[{"field":{{InJson}},"code":{{InJson}},"message":{{InJson}}}]}""")
            : exchange.SendJsonAsync(Manifest(uuid, $",\"files\":[{{\"sha1\":\"{new string('a', 40)}\",\"size\":1,\"compression\":\"gzip\"}}]")));
        var job = await _server.Admin.JobEndAsync(await _server.Admin.StartJobAsync(uuid, source.Address));
        Assert.That(job.ErrorOf(), Does.Contain("forged"));
        AssertClean(job);
        AssertLogIsClean();
    }

    [Test]
    public async Task Control_characters_of_a_caller_appear_neither_in_the_log_nor_in_an_error_of_any_route()
    {
        var bad = Uri.EscapeDataString(Bad);
        var query = string.Join('&', from name in new[] { "action", "account", "channel", "source", "sha1", "compression", "limit", "state", bad } select $"{name}={bad}");
        foreach (var (method, path) in _server.Routes)
        {
            foreach (var url in new[] { $"{RouteParameter.Replace(path, bad)}?{query}", $"{RouteParameter.Replace(path, $"{Uuid.New()}")}?{query}" })
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), url);
                request.Headers.TryAddWithoutValidation("User-Agent", "a\u001b[2J\u0007");
                request.Headers.TryAddWithoutValidation("x-request-id", "a\u001b[2J\u0007");
                request.Headers.TryAddWithoutValidation("accept-version", "a\u001b[2J\u0007");
                if (method is "POST" or "PUT")
                {
                    request.Content = Requests.Json($"{{{InJson}:{InJson},\"name\":{InJson},\"type\":{InJson}}}");
                }

                using var response = await _server.Admin.SendAsync(request);
                AssertClean(await Answer.ReadAsync(response), method);
            }
        }

        AssertClean(await _server.Anonymous.PostAnswerAsync("/images", null, ("Authorization", TestServer.Basic(Bad, "x").ToString())));
        AssertLogIsClean();
    }

    [Test]
    public async Task Control_characters_of_an_image_do_not_appear_in_the_log()
    {
        await _server.Admin.PublishAsync(("name", "a"), ("version", "1"), ("description", Bad));
        AssertLogIsClean();
    }

    [Test]
    public void Control_characters_of_a_log_message_or_exception_are_replaced()
    {
        var logger = _log.CreateLogger("any");
#pragma warning disable CA1848, CA1873, CA2254 // any code that logs
        logger.LogError(new InvalidOperationException(Bad, new IOException(Bad)), "failed: {Text} " + Bad, Bad);
        _log.CreateLogger(Greeting.Category).LogInformation("{Text}", Bad.Replace("\n", "", StringComparison.Ordinal));
#pragma warning restore CA1848, CA1873, CA2254
        Assert.That(_log.Text.Split('\n').SelectMany(line => line), Has.None.Matches<char>(IsHostile));
        Assert.That(_log.Text, Does.Contain("failed: a forged"));
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex RouteParameter { get; }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT[\d:.]{12}Z (trace|debug|info |warn |error|fatal) ")]
    private static partial Regex LineStart { get; }

    private static string Manifest(string uuid, string more) =>
        $$"""{"v":2,"uuid":"{{uuid}}","owner":"{{Uuid.Zero}}","name":"a","version":"1","state":"active","disabled":false,"public":false,"type":"other","os":"other"{{more}}}""";

    /// <summary>Whether a character is a control, a format character or a line or paragraph separator.</summary>
    private static bool IsHostile(char letter) =>
        char.IsControl(letter) || CharUnicodeInfo.GetUnicodeCategory(letter) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private void AssertLogIsClean()
    {
        var lines = _log.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(lines, Is.Not.Empty.And.All.Matches<string>(line => line is not null && LineStart.IsMatch(line)));
        Assert.That(lines.SelectMany(line => line).Where(IsHostile).Select(letter => (int)letter), Is.Empty);
    }

    /// <summary>Checks errors and results of jobs. Manifests are not checked: they show an image's texts unchanged.</summary>
    private static void AssertClean(Answer answer, string what = "")
    {
        if (answer.Text.StartsWith('{') && (answer.Json.TryGetProperty("code", out _) || answer.Json.TryGetProperty("chain_results", out _)))
        {
            Assert.That(StringsOf(answer.Json).SelectMany(text => text), Has.None.Matches<char>(IsHostile), $"{what} {answer.Text}");
        }
    }

    private static IEnumerable<string> StringsOf(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => [json.GetString()!],
        JsonValueKind.Object => json.EnumerateObject().SelectMany(member => StringsOf(member.Value)),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(StringsOf),
        _ => [],
    };
}
