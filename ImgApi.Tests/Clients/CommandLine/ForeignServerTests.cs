using System.Text.Json.Nodes;
using System.Web;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Clients.CommandLine;

/// <summary>Servers that answer as sdc-imgapi does, with the answers of contract 6 and 5.19: paging, channels, and jobs that only a workflow service shows.</summary>
[TestFixture]
[Category("Slow")]
[Platform("Linux", Reason = "the program")]
internal sealed class ForeignServerTests
{
    private const int Count = 2500;
    private const int PageSize = 1000;

    private static readonly string[] Uuids = [.. Enumerable.Range(1, Count).Select(number => $"{number:x8}-0000-4000-8000-000000000000")];

    private ClientProgram _client = null!;

    public enum Paging
    {
        /// <summary>A page begins with the marker, and has at most as many images as the limit says (sdc-imgapi).</summary>
        Inclusive,

        /// <summary>A page begins after the marker.</summary>
        Exclusive,

        /// <summary>Every answer is the whole list.</summary>
        Ignored,

        /// <summary>The limit is known, and the marker is not.</summary>
        OnlyLimit,
    }

    [SetUp]
    public void NewUser() => _client = new ClientProgram();

    [TearDown]
    public void Forget() => _client.Dispose();

    [TestCase(Paging.Inclusive, 3)]
    [TestCase(Paging.Exclusive, 3)]
    [TestCase(Paging.Ignored, 1)]
    [TestCase(Paging.OnlyLimit, 3)]
    public async Task A_list_of_2500_images_is_complete_however_the_server_pages(Paging paging, int requests)
    {
        await using var server = new ScriptedServer(exchange => exchange.SendJsonAsync(Page(exchange, paging)));
        var (code, output, error) = await _client.RunAsync("list", "-q", "-u", $"{server.Address}");
        Assert.That(code, Is.Zero, error);
        Assert.That((output.TrimEnd().Split('\n'), server.Requests.Count), Is.EqualTo((Uuids, requests)));
    }

    [Test]
    public async Task Conditions_are_checked_here_for_a_server_that_ignores_them()
    {
        await using var server = new ScriptedServer(exchange => exchange.SendJsonAsync(Page(exchange, Paging.Ignored)));
        var (_, output, _) = await _client.RunAsync("list", "-q", "name=image-7", "-u", $"{server.Address}");
        Assert.That(output, Is.EqualTo(Uuids[6] + "\n"));
    }

    [Test]
    public async Task The_channel_is_in_every_request()
    {
        await using var server = new ScriptedServer(exchange => exchange.SendJsonAsync(Page(exchange, Paging.Inclusive)));
        await _client.RunAsync("list", "-q", "-u", $"{server.Address}?channel=dev");
        Assert.That(server.Requests.Select(request => request.Target), Has.All.Contains("channel=dev"));
    }

    [Test]
    public async Task A_manifest_is_shown_as_it_was_sent_with_fields_that_this_program_does_not_know()
    {
        var manifest = Manifest(1);
        manifest["from_the_future"] = new JsonObject { ["a"] = 1.50 };
        await using var server = new ScriptedServer(exchange => exchange.SendJsonAsync(manifest.ToJsonString()));
        var (_, output, error) = await _client.RunAsync("show", Uuids[0], "--json", "-u", $"{server.Address}");
        Assert.That(JsonNode.DeepEquals(JsonNode.Parse(output), manifest), Is.True, output + error);
    }

    [Test]
    public async Task An_import_on_a_server_without_jobs_ends_when_the_image_is_active()
    {
        await using var server = WithoutJobs(null, "unactivated", "active");
        var (code, output, error) = await _client.RunAsync("import", Uuids[0], "--from", "http://192.0.2.1", "-u", $"{server.Address}");
        Assert.That((code, output), Is.EqualTo((0, $"Imported image-1@1.0 ({Uuids[0]})\n")), error);
    }

    [Test]
    public async Task An_import_on_a_server_without_jobs_has_failed_when_the_image_is_gone_again()
    {
        await using var server = WithoutJobs(null, "unactivated", null);
        var (code, _, error) = await _client.RunAsync("import", Uuids[0], "--from", "http://192.0.2.1", "-u", $"{server.Address}");
        Assert.That((code, error.Split('\n')[^2]), Is.EqualTo((1, "imgapi: the import failed: the server has removed the image")));
    }

    [Test]
    public async Task An_import_on_a_server_without_jobs_is_given_up_when_the_image_does_not_appear()
    {
        await using var server = WithoutJobs([null]);
        var (code, _, error) = await _client.RunAsync("import", Uuids[0], "--from", "http://192.0.2.1", "-u", $"{server.Address}", "--timeout", "1");
        Assert.That((code, error), Is.EqualTo((1, "imgapi: the server shows no jobs; waiting for the image\n"
            + "imgapi: the image did not appear in 1 s: the import has failed, or still fetches origins; "
            + $"imgapi show {Uuids[0]} -u {server.Address} shows the image once it is there\n")));
    }

    [Test]
    public async Task A_list_that_fails_midway_is_complete_json_of_the_images_until_then()
    {
        await using var server = ScriptedServer.Saying("200 OK", $"[{Manifest(1).ToJsonString()},{Manifest(2).ToJsonString()},");
        var (code, output, error) = await _client.RunAsync("list", "--json", "-u", $"{server.Address}");
        Assert.That(code, Is.EqualTo(1), error);
        Assert.That(JsonNode.Parse(output)!.AsArray().Select(image => (string?)image!["uuid"]), Is.EqualTo(Uuids[..2]));
    }

    [TestCase("text", "<html>")]
    [TestCase("an object", "{}")]
    [TestCase("numbers", "[1,2]")]
    [TestCase("an entry without a UUID", "[{}]")]
    [TestCase("half of a list", """[{"uuid":"00000001-0000-4000-8000-000000000000"}""")]
    public async Task An_answer_that_is_no_list_is_an_error(string what, string body)
    {
        await using var server = ScriptedServer.Saying("200 OK", body);
        var (code, _, error) = await _client.RunAsync("list", "-u", $"{server.Address}");
        Assert.That(code, Is.EqualTo(1), $"{what}: {error}");
    }

    [Test]
    public async Task An_entry_that_does_not_end_is_refused_before_it_fills_the_memory()
    {
        await using var server = new ScriptedServer(async exchange =>
        {
            await exchange.SendAsync("200 OK\r\nTransfer-Encoding: identity", """[{"uuid":" """.Trim());
            for (var sent = 0; sent < 64; sent++)
            {
                await exchange.WriteAsync(Enumerable.Repeat((byte)'a', 1024 * 1024).ToArray());
            }
        });
        var (code, _, error) = await _client.RunAsync("list", "-u", $"{server.Address}");
        Assert.That(code, Is.EqualTo(1));
        Assert.That(error, Does.Contain("an entry of the answer exceeds 4 MiB"));
    }

    /// <summary>A server that starts imports, and shows neither jobs nor a workflow service.</summary>
    /// <param name="states">The state of the image in each answer, the last one for ever; null while there is none.</param>
    private static ScriptedServer WithoutJobs(params string?[] states)
    {
        var polls = -1;
        return new ScriptedServer(exchange => exchange.Target switch
        {
            var target when target.Contains("action=import-remote", StringComparison.Ordinal) =>
                exchange.SendJsonAsync($$"""{"image_uuid":"{{Uuids[0]}}","job_uuid":"{{Uuids[1]}}"}"""),
            var target when target.StartsWith("/images", StringComparison.Ordinal) && states[Math.Min(Interlocked.Increment(ref polls), states.Length - 1)] is { } state =>
                exchange.SendJsonAsync(Manifest(1, state).ToJsonString()),
            _ => exchange.SendAsync("404 Not Found", """{"code":"ResourceNotFound","message":"there is none"}"""),
        });
    }

    private static string Page(Exchange exchange, Paging paging)
    {
        var query = HttpUtility.ParseQueryString(exchange.Target.Split('?').Last());
        var start = paging is Paging.Ignored or Paging.OnlyLimit || query["marker"] is not { } marker
            ? 0
            : Array.IndexOf(Uuids, marker) + (paging == Paging.Exclusive ? 1 : 0);
        var length = paging == Paging.Ignored || query["limit"] is null ? Count : PageSize;
        return $"[{string.Join(',', Enumerable.Range(start + 1, Math.Min(length, Count - start)).Select(number => Manifest(number).ToJsonString()))}]";
    }

    private static JsonObject Manifest(int number, string state = "active") => new()
    {
        ["v"] = 2,
        ["uuid"] = Uuids[number - 1],
        ["name"] = $"image-{number}",
        ["version"] = "1.0",
        ["state"] = state,
        ["os"] = "smartos",
        ["type"] = "zone-dataset",
        ["published_at"] = "2026-01-01T00:00:00.000Z",
        ["files"] = new JsonArray(new JsonObject { ["size"] = 5, ["sha1"] = new string('a', 40), ["compression"] = "gzip" }),
    };
}
