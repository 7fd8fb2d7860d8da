using System.Text.Json.Nodes;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Clients.CommandLine;

/// <summary>The commands <c>download</c> and <c>copy</c> with a source that answers as sdc-imgapi does (contract 6): channels, and files without ranges.</summary>
[TestFixture]
internal sealed class ForeignSourceTests : ClientFixture
{
    private const string Web = "00000001-0000-4000-8000-000000000000";
    private const string Channel = "?channel=dev";

    private static readonly byte[] Content = StreamFiles.Of("fs-full", "gzip");

    private static readonly string Manifest = new JsonObject
    {
        ["v"] = 2,
        ["uuid"] = Web,
        ["owner"] = "11111111-1111-4111-8111-111111111111",
        ["name"] = "web",
        ["version"] = "1.0",
        ["state"] = "active",
        ["disabled"] = false,
        ["public"] = true,
        ["os"] = "smartos",
        ["type"] = "zone-dataset",
        ["published_at"] = "2026-01-01T00:00:00.000Z",
        ["channels"] = new JsonArray("dev", "release"),
        ["from_the_future"] = 1,
        ["files"] = new JsonArray(new JsonObject { ["sha1"] = ImageChain.Sha1(Content), ["size"] = Content.Length, ["compression"] = "gzip" }),
    }.ToJsonString();

    /// <param name="broken">The answer with a file that breaks off in the middle, from 0.</param>
    private static ScriptedServer Source(int broken)
    {
        var files = 0;
        return new ScriptedServer(exchange => exchange.Target.Split('?')[0] switch
        {
            "/images" => exchange.SendJsonAsync($"[{Manifest}]"),
            $"/images/{Web}" => exchange.SendJsonAsync(Manifest),
            $"/images/{Web}/file" => exchange.SendAsync(
                $"200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: {Content.Length}",
                files++ == broken ? Content[..(Content.Length / 2)] : Content),
            _ => exchange.SendAsync("404 Not Found", """{"code":"ResourceNotFound","message":"there is none"}"""),
        });
    }

    [Test]
    public async Task A_download_that_breaks_is_completed_by_a_server_without_ranges()
    {
        await using var source = Source(broken: 0);
        await OutputAsync("download", "web", "-o", "web.file", "-u", $"{source.Address}{Channel}");
        Assert.That(await File.ReadAllBytesAsync(Client.Combine("web.file")), Is.EqualTo(Content));
        Assert.That(source.Requests.Select(request => request.Target), Has.All.Contains("channel=dev"));
    }

    [Test]
    public async Task An_image_is_copied_without_the_channels_and_unknown_fields_of_its_server()
    {
        await using var source = Source(broken: 1);
        await OutputAsync("copy", "web", "--from", $"{source.Address}{Channel}");
        var copied = await ManifestAsync(Web);
        Assert.That((copied.Text("state"), copied.Text("published_at")), Is.EqualTo(("active", "2026-01-01T00:00:00.000Z")));
        Assert.That(copied.EnumerateObject().Select(field => field.Name), Has.None.EqualTo("channels").And.None.EqualTo("from_the_future"));
        Assert.That((await Server.Admin.GetAnswerAsync($"/images/{Web}/file")).Bytes, Is.EqualTo(Content));
        Assert.That(source.Requests.Select(request => request.Target), Has.All.Contains("channel=dev"));
    }
}
