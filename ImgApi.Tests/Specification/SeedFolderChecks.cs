using System.Security.Cryptography;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Specification;

/// <summary>A data folder as trondn/imgapi left it (contract 9.2, 9.3, 12.1), served.</summary>
[TestFixture]
internal sealed class SeedFolderChecks
{
    private const string Active = "11111111-1111-4111-8111-111111111111";
    private const string Enabled = "22222222-2222-4222-8222-222222222222";
    private const string Fresh = "33333333-3333-4333-8333-333333333333";
    private const string FileMissing = "44444444-4444-4444-8444-444444444444";
    private const string Broken = "55555555-5555-4555-8555-555555555555";

    private static readonly byte[] Content = [.. Enumerable.Range(0, 5000).Select(i => (byte)i)];

#pragma warning disable CA5350, CA5351
    private static readonly string Sha1 = Convert.ToHexStringLower(SHA1.HashData(Content));
    private static readonly string Md5 = Convert.ToBase64String(MD5.HashData(Content));
#pragma warning restore CA5350, CA5351

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder()
    {
        _folder = new TemporaryFolder();
        Put(Active, "active", "5e+03");
        Put(Enabled, "activated", "5000");
        Put(Fresh, "unactivated", null);
        Put(FileMissing, "active", "5000");
        File.Delete(Path.Combine(_folder.Path, FileMissing, "image.gz"));
        Directory.CreateDirectory(Path.Combine(_folder.Path, Broken));
        File.WriteAllText(Path.Combine(_folder.Path, Broken, "manifest.json"), "{ \"uuid\": ");
        Directory.CreateDirectory(Path.Combine(_folder.Path, "lost+found"));
        File.WriteAllText(Path.Combine(_folder.Path, "notes.txt"), "mine");
    }

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    private string Manifest(string uuid) => Path.Combine(_folder.Path, uuid, "manifest.json");

    private void Put(string uuid, string state, string? size)
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, uuid));
        var files = size is null ? "" : $$"""
              "files": [
                {
                  "compression": "gzip",
                  "sha1": "{{Sha1}}",
                  "size": {{size}}
                }
              ],

            """;
        File.WriteAllText(Manifest(uuid), $$"""
            {
              "description": "made by the seed",
              "disabled": false,
            {{files}}  "mine": { "kept": [1.50, null] },
              "name": "couchbase-server",
              "os": "smartos",
              "public": false,
              "state": "{{state}}",
              "type": "zone-dataset",
              "uuid": "{{uuid}}",
              "v": 2,
              "version": "4.5.0-snapshot"
            }
            """);
        if (size is not null)
        {
            File.WriteAllBytes(Path.Combine(_folder.Path, uuid, "image.gz"), Content);
        }
    }

    [Test]
    public async Task Check_170_its_images_are_listed_and_downloaded()
    {
        var before = File.ReadAllBytes(Manifest(Active));
        await using var server = await TestServer.StartAsync(dataFolder: _folder.Path);
        var list = (await server.Anonymous.GetAnswerAsync("/images")).Json.EnumerateArray().ToArray();
        Assert.That(list.Select(image => image.GetProperty("uuid").GetString()), Is.EquivalentTo(new[] { Active, Enabled, FileMissing }));
        foreach (var image in list)
        {
            Assert.That(image.GetProperty("published_at").GetString(), Does.EndWith("Z"));
            Assert.That(image.GetProperty("state").GetString(), Is.EqualTo("active"));
            Assert.That(image.GetProperty("files")[0].GetProperty("size").GetRawText(), Is.EqualTo("5000"));
            Assert.That(image.TryGetProperty("mine", out _), Is.False);
        }

        var file = await server.Anonymous.GetAnswerAsync($"/images/{Active}/file");
        Assert.Multiple(() =>
        {
            Assert.That(file.Bytes, Is.EqualTo(Content));
            Assert.That(file.Header("Content-MD5"), Is.EqualTo(Md5));
            Assert.That(file.Header("Etag"), Is.EqualTo(Sha1));
            Assert.That(File.ReadAllBytes(Manifest(Active)), Is.EqualTo(before), "nothing is rewritten before something changes");
        });
        Assert.That((int)(await server.Anonymous.GetAnswerAsync($"/images/{FileMissing}/file")).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task Its_images_can_be_changed_and_lose_nothing()
    {
        string published;
        await using (var server = await TestServer.StartAsync(dataFolder: _folder.Path))
        {
            published = (await server.Anonymous.GetAnswerAsync($"/images/{Active}")).Json.GetProperty("published_at").GetString()!;
            await server.Admin.ActAsync(Active, "disable");
            await server.Admin.UploadAsync(Fresh, [1, 2, 3]);
            await server.Admin.ActAsync(Fresh, "activate");
        }

        Assert.That(await File.ReadAllTextAsync(Manifest(Active)), Does.Contain("\"mine\"").And.Contain("1.50"));
        await using var again = await TestServer.StartAsync(dataFolder: _folder.Path);
        var image = (await again.Anonymous.GetAnswerAsync($"/images/{Active}")).Json;
        Assert.That(image.GetProperty("state").GetString(), Is.EqualTo("disabled"));
        Assert.That(image.GetProperty("published_at").GetString(), Is.EqualTo(published));
        Assert.That((await again.Anonymous.GetAnswerAsync($"/images/{Active}/file")).Bytes, Is.EqualTo(Content));
        Assert.That((await again.Anonymous.GetAnswerAsync($"/images/{Fresh}/file")).Bytes, Is.EqualTo(new byte[] { 1, 2, 3 }));
    }

    [Test]
    public async Task What_is_broken_or_foreign_stays_as_it_is()
    {
        await using (var server = await TestServer.StartAsync(dataFolder: _folder.Path))
        {
            var answer = await server.Admin.PostAnswerAsync($"/images/{Broken}?action=import", Requests.Manifest(("v", 2), ("uuid", Broken)));
            Assert.That((int)answer.Status, Is.EqualTo(409), answer.Text);
        }

        Assert.That(await File.ReadAllTextAsync(Manifest(Broken)), Is.EqualTo("{ \"uuid\": "));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(_folder.Path, "notes.txt")), Is.EqualTo("mine"));
        Assert.That(Directory.Exists(Path.Combine(_folder.Path, "lost+found")), Is.True);
    }

    [Test]
    public async Task A_public_server_shows_its_images_as_public()
    {
        await using var server = await TestServer.StartAsync(ServerMode.Public, _folder.Path);
        Assert.That((await server.Anonymous.GetAnswerAsync($"/images/{Active}")).Json.GetProperty("public").GetBoolean(), Is.True);
        Assert.That((await server.Anonymous.GetAnswerAsync("/images?public=true")).Json.GetArrayLength(), Is.EqualTo(3));
    }
}
