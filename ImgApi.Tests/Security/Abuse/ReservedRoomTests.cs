using System.Globalization;
using System.Text.Json;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Security.Abuse;

/// <summary>A transfer that announces many bytes and sends few reserves only one step of disk space.</summary>
[TestFixture]
[Category("Abuse")]
[Platform(Include = "Linux", Reason = "reads block counts with stat")]
internal sealed class ReservedRoomTests
{
    private const long Announced = ImageLimits.DefaultFile;
    private const int Sent = 1 << 20;
    private const long Step = 64L << 20;

    private TestServer _server = null!;

    [SetUp]
    public async Task StartAsync() => _server = await TestServer.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [Test]
    public async Task An_upload_that_announces_20_GiB_reserves_64_MiB()
    {
        var uuid = await _server.Admin.CreateAsync();
        var login = $"Authorization: {TestServer.Basic(TestServer.User, TestServer.Password)}\r\n";
        using var client = await Clients.ConnectAsync(
            _server.Address, 1, $"PUT /images/{uuid}/file?compression=none HTTP/1.1\r\nHost: x\r\n{login}Content-Length: {Announced}\r\n\r\n{new string('a', Sent)}");
        Assert.That(await ReservedAsync(uuid), Is.InRange(Sent / 2, Step));
    }

    [Test]
    public async Task A_download_that_announces_20_GiB_reserves_64_MiB()
    {
        var uuid = Guid.NewGuid().ToString();
        var end = new TaskCompletionSource();
        await using var source = new ScriptedServer(async exchange =>
        {
            if (!exchange.IsForFile)
            {
                await exchange.SendJsonAsync(Manifest(uuid));
                return;
            }

            await exchange.SendAsync($"200 OK\r\nContent-Length: {Announced}", new byte[Sent]);
            await end.Task;
        });
        await _server.Admin.StartJobAsync(uuid, source.Address);
        Assert.That(await ReservedAsync(uuid), Is.InRange(Sent / 2, Step));
        end.SetResult();
    }

    private static string Manifest(string uuid) => JsonSerializer.Serialize(new
    {
        v = 2,
        uuid,
        owner = Uuid.Zero.ToString(),
        name = "x",
        version = "1",
        type = "zone-dataset",
        os = "smartos",
        state = "active",
        disabled = false,
        @public = true,
        published_at = "2013-01-02T03:04:05.678Z",
        files = new[] { new { sha1 = new string('a', 40), size = Announced, compression = "none" } },
    });

    /// <summary>The bytes that the temporary file occupies on the disk, as soon as some have been written.</summary>
    private async Task<long> ReservedAsync(string uuid)
    {
        var folder = Path.Combine(_server.DataFolder, uuid);
        var taken = 0L;
        await Eventually.TrueAsync(async () =>
            Directory.Exists(folder) && Directory.GetFiles(folder, ".imgapi-*.tmp") is [var file] && (taken = await BlocksAsync(file) * 512) > Sent / 2);
        return taken;
    }

    private static async Task<long> BlocksAsync(string file) =>
        long.TryParse((await Tools.RunAsync("stat", ["-c", "%b", file])).Output, CultureInfo.InvariantCulture, out var blocks) ? blocks : 0;
}
