using System.Security.Cryptography;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Specification;

/// <summary>A data folder that trondn/imgapi wrote (contract 9.2, 9.3, 12.1).</summary>
internal abstract class SeedFolderFixture
{
    protected const string Active = "11111111-1111-4111-8111-111111111111";
    protected const string Enabled = "22222222-2222-4222-8222-222222222222";
    protected const string Fresh = "33333333-3333-4333-8333-333333333333";
    protected const string FileMissing = "44444444-4444-4444-8444-444444444444";
    protected const string Broken = "55555555-5555-4555-8555-555555555555";

    protected static readonly byte[] Content = [.. Enumerable.Range(0, 5000).Select(i => (byte)i)];

#pragma warning disable CA5350, CA5351 // the protocol is defined with SHA-1 and MD5
    protected static readonly string Sha1 = Convert.ToHexStringLower(SHA1.HashData(Content));
    protected static readonly string Md5 = Convert.ToBase64String(MD5.HashData(Content));
#pragma warning restore CA5350, CA5351

    protected TemporaryFolder Folder { get; private set; } = null!;

    [SetUp]
    public void WriteFolder()
    {
        Folder = new TemporaryFolder();
        WriteImage(Active, "active", "5e+03");
        WriteImage(Enabled, "activated", "5000");
        WriteImage(Fresh, "unactivated", null);
        WriteImage(FileMissing, "active", "5000");
        File.Delete(Path.Combine(Folder.Path, FileMissing, "image.gz"));
        Directory.CreateDirectory(Path.Combine(Folder.Path, Broken));
        File.WriteAllText(Path.Combine(Folder.Path, Broken, "manifest.json"), "{ \"uuid\": ");
        Directory.CreateDirectory(Path.Combine(Folder.Path, "lost+found"));
        File.WriteAllText(Path.Combine(Folder.Path, "notes.txt"), "mine");
    }

    [TearDown]
    public void RemoveFolder() => Folder.Dispose();

    protected string ManifestPath(string uuid) => Path.Combine(Folder.Path, uuid, "manifest.json");

    private void WriteImage(string uuid, string state, string? size)
    {
        Directory.CreateDirectory(Path.Combine(Folder.Path, uuid));
        var files = size is null ? "" : $$"""
              "files": [
                {
                  "compression": "gzip",
                  "sha1": "{{Sha1}}",
                  "size": {{size}}
                }
              ],

            """;
        File.WriteAllText(ManifestPath(uuid), $$"""
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
            File.WriteAllBytes(Path.Combine(Folder.Path, uuid, "image.gz"), Content);
        }
    }

    protected Task<TestServer> StartAsync(ServerMode mode = ServerMode.Mixed) => TestServer.StartAsync(mode, Folder.Path);
}
