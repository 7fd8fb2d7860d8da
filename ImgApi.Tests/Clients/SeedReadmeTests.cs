using System.Security.Cryptography;
using System.Text.Json;
using ImgApi.Tests.Specification;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Clients;

/// <summary>
/// The configuration file and the curl commands of the README of trondn/imgapi, with a server process and an image of several hundred
/// megabytes.
/// </summary>
[TestFixture]
[Category("Slow")]
internal sealed class SeedReadmeTests
{
    // Far below the size of the image, which a server would exceed that held the file in memory.
    private const long AllowedGrowthKiB = 64 * 1024;

    private readonly string _folder = Directory.CreateTempSubdirectory("imgapi-walk-").FullName;
    private string _curl = null!;
    private ServerProcess _server = null!;

    private string DataFolder => Path.Combine(_folder, "home", "imgapi", "files");

    [SetUp]
    public async Task StartAsync()
    {
        _curl = Tools.Require("curl", "curl");
        var configuration = Path.Combine(_folder, "config.json");
        await File.WriteAllTextAsync(configuration, $$"""
            {
                "datadir" : "{{DataFolder}}",
                "port" : 0,
                "host" : "127.0.0.1",
                "userdb" : [
                        {
                            "name" : "admin",
                            "password" : "secret"
                        }
                ]
            }
            """);
        _server = await ServerProcess.StartAsync(configuration);
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    [Check(112)]
    public async Task The_commands_of_the_readme_of_trondn_imgapi_work_in_constant_memory()
    {
        var ping = await CurlAsync("-i", Url("/ping"));
        Assert.That(ping, Does.StartWith("HTTP/1.1 200 OK"));
        Assert.That(Body(ping).EnumerateObject().Select(member => member.Name), Is.EquivalentTo(new[] { "imgapi", "pid", "ping", "version" }));

        var uuid = await CreateAsync();
        var (file, sha1) = SeedImage.Create(Path.Combine(_folder, "image.gz"));
        var before = _server.PeakMemoryKiB;
        await UploadAsync(uuid, file, sha1);
        await ActivateAsync(uuid);
        await DownloadAsync(uuid, sha1);
        var after = _server.PeakMemoryKiB;
        TestContext.Out.WriteLine($"peak RSS {before} KiB before and {after} KiB after {SeedImage.Size >> 20} MiB in and out");
        Assert.That(after - before, Is.LessThan(AllowedGrowthKiB));

        await DisableAndEnableAsync(uuid);
        await UpdateAsync(uuid);
        await ChangeIconAsync(uuid);
        await ChangeAclAsync(uuid);
        Assert.That(await CurlAsync("-i", "-X", "DELETE", "-u", "admin:secret", Url($"/images/{uuid}")), Does.StartWith("HTTP/1.1 204"));
        Assert.That(Directory.GetFileSystemEntries(DataFolder).Select(Path.GetFileName), Is.EquivalentTo(new[] { ".imgapi.lock", ".imgapi-audit" }));
    }

    private async Task<string> CreateAsync()
    {
        var image = Json(await CurlAsync("-X", "POST", "-u", "admin:secret", "--data-binary", SeedImage.Manifest, Url("/images")));
        Assert.Multiple(() =>
        {
            Assert.That(image.GetProperty("state").GetString(), Is.EqualTo("unactivated"));
            Assert.That(image.GetProperty("disabled").GetBoolean(), Is.False);
            Assert.That(image.GetProperty("public").GetBoolean(), Is.False);
            Assert.That(image.GetProperty("v").GetInt32(), Is.EqualTo(2));
        });
        return image.GetProperty("uuid").GetString()!;
    }

    private async Task UploadAsync(string uuid, string file, string sha1)
    {
        var answer = await CurlAsync(
            "--upload-file", file, "-u", "admin:secret", Url($"/images/{uuid}/file?sha1={sha1};compression=gzip"));
        var entry = Json(answer).GetProperty("files")[0];
        Assert.That(entry.GetRawText().Replace(" ", "").Replace("\n", ""), Is.EqualTo(
            $"{{\"sha1\":\"{sha1}\",\"size\":{new FileInfo(file).Length},\"compression\":\"gzip\"}}"));
    }

    private async Task ActivateAsync(string uuid)
    {
        var image = Json(await CurlAsync("-X", "POST", "-u", "admin:secret", Url($"/images/{uuid}?action=activate")));
        Assert.That(image.GetProperty("state").GetString(), Is.EqualTo("active"));
        Assert.That(image.GetProperty("published_at").GetString(), Does.EndWith("Z"));
    }

    private async Task DownloadAsync(string uuid, string sha1)
    {
        Assert.That(await ListAsync(), Does.Contain(uuid));
        Assert.That(Json(await CurlAsync(Url($"/images/{uuid}"))).GetProperty("uuid").GetString(), Is.EqualTo(uuid));
        var copy = Path.Combine(_folder, "copy");
        var headers = await CurlAsync("-D", "-", "-o", copy, Url($"/images/{uuid}/file"));
        Assert.That(SeedImage.Sha1Of(copy), Is.EqualTo(sha1));
        Assert.That(headers, Does.Contain($"etag: {sha1}").IgnoreCase.And.Contain("content-md5: ").IgnoreCase);

        // Resume the download from its half, as after a broken connection.
        using (var half = File.OpenWrite(copy))
        {
            half.SetLength(half.Length / 2);
        }

        await CurlAsync("-C", "-", "-o", copy, Url($"/images/{uuid}/file"));
        Assert.That(SeedImage.Sha1Of(copy), Is.EqualTo(sha1));
    }

    private async Task DisableAndEnableAsync(string uuid)
    {
        await CurlAsync("-X", "POST", "-u", "admin:secret", Url($"/images/{uuid}?action=disable"));
        Assert.That(await ListAsync(), Is.EqualTo("[]"));
        Assert.That(Json(await CurlAsync(Url($"/images/{uuid}"))).GetProperty("state").GetString(), Is.EqualTo("disabled"));
        await CurlAsync("-X", "POST", "-u", "admin:secret", Url($"/images/{uuid}?action=enable"));
        Assert.That(await ListAsync(), Does.Contain(uuid));
    }

    private async Task UpdateAsync(string uuid)
    {
        var updated = await CurlAsync("-u", "admin:secret", "-d", "{\"description\": \"other\"}", Url($"/images/{uuid}?action=update"));
        Assert.That(Json(updated).GetProperty("description").GetString(), Is.EqualTo("other"));
    }

    private async Task ChangeIconAsync(string uuid)
    {
        var icon = Path.Combine(_folder, "icon.png");
        await File.WriteAllBytesAsync(icon, RandomNumberGenerator.GetBytes(5000));
        await CurlAsync("-T", icon, "-H", "Content-Type: image/png", "-u", "admin:secret", Url($"/images/{uuid}/icon"));
        await CurlAsync("-o", icon + ".copy", Url($"/images/{uuid}/icon"));
        Assert.That(SeedImage.Sha1Of(icon + ".copy"), Is.EqualTo(SeedImage.Sha1Of(icon)));
        var without = Json(await CurlAsync("-X", "DELETE", "-u", "admin:secret", Url($"/images/{uuid}/icon")));
        Assert.That(without.TryGetProperty("icon", out _), Is.False);
    }

    private async Task ChangeAclAsync(string uuid)
    {
        const string Account = "[\"aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa\"]";
        var shared = Json(await CurlAsync("-u", "admin:secret", "-d", Account, Url($"/images/{uuid}/acl?action=add")));
        Assert.That(shared.GetProperty("acl").GetArrayLength(), Is.EqualTo(1));
        var alone = Json(await CurlAsync("-u", "admin:secret", "-d", Account, Url($"/images/{uuid}/acl?action=remove")));
        Assert.That(alone.TryGetProperty("acl", out _), Is.False);
    }

    private Task<string> ListAsync() => CurlAsync(Url("/images"));

    private string Url(string path) => new Uri(_server.Address, "/").ToString().TrimEnd('/') + path;

    private async Task<string> CurlAsync(params string[] arguments)
    {
        var (code, output, error) = await Tools.RunAsync(_curl, ["-sS", .. arguments]);
        Assert.That(code, Is.Zero, error);
        return output;
    }

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    private static JsonElement Body(string answer) => Json(answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]);
}
