using System.Text.Json;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Audit;

/// <summary>The events of reloads on SIGHUP.</summary>
[TestFixture]
[Platform("Linux", Reason = "signals")]
[Category("Slow")]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ReloadEventTests : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private ServerProcess _server = null!;

    [SetUp]
    public async Task StartAsync() => _server = await ServerProcess.StartOnAsync(_folder.Combine("data"));

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>Adds keys to the configuration, and reloads it.</summary>
    private async Task ReloadAsync(string keys)
    {
        var file = _folder.Combine("data.config.json");
        var text = await File.ReadAllTextAsync(file);
        await File.WriteAllTextAsync(file + ".new", text[..text.LastIndexOf('}')] + $", {keys} }}");
        File.Move(file + ".new", file, overwrite: true);
        await _server.ReloadAsync();
    }

    private async Task<JsonElement[]> EventsAsync(string action, int count)
    {
        JsonElement[] events = [];
        await Eventually.TrueAsync(async () =>
        {
            events = [.. (await _server.Admin.GetAnswerAsync($"/audit?action={action}")).Json.EnumerateArray()];
            return events.Length == count;
        });
        return events;
    }

    private static (string? From, string? To) Change(JsonElement one, string key)
    {
        var change = one.GetProperty("changed").GetProperty(key);
        return (Value("from"), Value("to"));

        string? Value(string name) => change.TryGetProperty(name, out var value) ? value.GetString() : null;
    }

    [Test]
    public async Task A_reload_has_an_event_with_the_changed_keys()
    {
        await ReloadAsync("\"logLevel\": \"debug\"");
        var one = (await EventsAsync("ReloadConfiguration", 1)).Single();
        Assert.That(one.GetProperty("changed").EnumerateObject().Select(key => key.Name), Is.EqualTo(new[] { "logLevel" }));
        Assert.That(Change(one, "logLevel"), Is.EqualTo((default(string), "debug")));
    }

    [Test]
    public async Task The_event_of_a_second_reload_has_only_what_changed_since_the_first()
    {
        await ReloadAsync("\"logLevel\": \"debug\"");
        await ReloadAsync("\"auditDays\": 9");
        var last = (await EventsAsync("ReloadConfiguration", 2))[0];
        Assert.That(last.GetProperty("changed").EnumerateObject().Select(key => key.Name), Is.EqualTo(new[] { "auditDays" }));
        Assert.That(last.GetProperty("reason").GetString(), Is.EqualTo("a restart is needed for auditDays"));
    }

    [TestCase("webhooks", """[{ "url": "http://example.com/?key=hunter2", "secret": "hunter2hunter2hunter2", "events": ["create"] }]""")]
    [TestCase("pathBase", "\"/hunter2/\"")]
    [TestCase("otlpEndpoint", "\"http://joe:hunter2@localhost:4318\"")]
    public async Task A_value_that_may_be_secret_is_not_in_the_event_of_a_reload(string key, string value)
    {
        await ReloadAsync($"\"{key}\": {value}");
        var one = (await EventsAsync("ReloadConfiguration", 1)).Single();
        Assert.That(Change(one, key), Is.EqualTo((default(string), "(hidden)")));
    }

    [Test]
    public async Task A_configuration_that_is_refused_has_an_event_with_the_reason()
    {
        await ReloadAsync("\"logLevel\": \"loud\"");
        var one = (await EventsAsync("RefuseConfiguration", 1)).Single();
        Assert.That(one.GetProperty("reason").GetString(), Does.StartWith("\"logLevel\" must be "));
    }
}
