using System.Net;
using System.Text.Json;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Hosting;

/// <summary>Standard output of the server in the log formats for programs.</summary>
[TestFixture]
[Platform("Linux", Reason = "signals")]
[Category("Slow")]
internal sealed class LogOutputTests
{
    /// <summary>All lines from the start to the end of a server that answered a change, refused a password and stopped.</summary>
    private static async Task<IReadOnlyCollection<string>> LinesAsync(string format)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.Combine("config.json"), $$"""
            {"datadir":"{{folder.Combine("images")}}","port":0,"address":"127.0.0.1","userdb":[{"name":"{{TestServer.User}}","password":"{{TestServer.Password}}"}],
             "logFormat":"{{format}}","logRequests":true}
            """);
        await using var server = await ServerProcess.StartAsync(folder.Combine("config.json"));
        await server.Admin.PublishAsync(("name", "a b"), ("description", "a\u202eb"));
        using var stranger = new HttpClient { BaseAddress = server.Address, DefaultRequestHeaders = { Authorization = TestServer.Basic("e\u001bve", "x") } };
        Assert.That((await stranger.PostAnswerAsync("/images", Requests.Manifest(), ("x-request-id", "refused-one"))).Status, Is.EqualTo(HttpStatusCode.Unauthorized));
        await server.TerminateAsync();
        await Eventually.TrueAsync(() => server.Log.Any(line => line.Contains("path=/images status=401", StringComparison.Ordinal)));
        return server.Log;
    }

    [Test]
    public async Task Every_line_of_the_format_json_is_a_JSON_object()
    {
        var objects = (await LinesAsync("json")).Select(line => JsonElement.Parse(line)).ToArray();
        Assert.That(objects.Select(line => line.GetProperty("category").GetString()).Distinct(), Is.SupersetOf(["server", "change", "access", "request"]));
    }

    [Test]
    public async Task Every_line_of_the_format_journald_begins_with_a_priority() =>
        Assert.That(await LinesAsync("journald"), Has.All.Matches("^<[2-7]>[ -~]+$"));

    [Test]
    public async Task The_line_of_refused_credentials_has_the_id_of_the_request() =>
        Assert.That(await LinesAsync("journald"), Has.Some.StartsWith("<4>credentials refused").And.Some.EndsWith("request=refused-one"));
}
