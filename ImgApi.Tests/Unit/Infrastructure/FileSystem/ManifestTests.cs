using System.Text.Json;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Unit.Infrastructure.FileSystem;

/// <summary>What <c>manifest.json</c> holds.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ManifestTests : IDisposable
{
    private static readonly Uuid SomeUuid = Uuid.Parse("c02a2044-c1bd-11e4-bd8c-dfc1db8b0182");

    private readonly StoredImages _images = new();

    public void Dispose() => _images.Dispose();

    private static JsonElement Json(string text) => JsonElement.Parse(text);

    [Test]
    public async Task A_manifest_on_disk_has_the_form_and_order_of_the_API()
    {
        await _images.AddAsync(new ImageBuilder().WithUuid(SomeUuid).WithFile().Activated().PublishedAt("2020-01-01T00:00:00Z")
            .With(details => details with { Description = "é<>&'+", Tags = Json("""{"n":1.50}"""), Origin = Uuid.Zero }));
        Assert.That(_images.ReadManifest(SomeUuid), Is.EqualTo(
            """
            {
              "v": 2,
              "uuid": "c02a2044-c1bd-11e4-bd8c-dfc1db8b0182",
              "owner": "00000000-0000-0000-0000-000000000000",
              "name": "base",
              "version": "1.0.0",
              "state": "active",
              "disabled": false,
              "public": false,
              "published_at": "2020-01-01T00:00:00Z",
              "type": "zone-dataset",
              "os": "smartos",
              "files": [
                {
                  "sha1": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                  "size": 3,
                  "compression": "gzip"
                }
              ],
              "description": "é<>&'+",
              "origin": "00000000-0000-0000-0000-000000000000",
              "tags": {
                "n": 1.50
              },
              "imgapi": {
                "file": {
                  "sha1": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                  "modified": "1970-01-01T00:00:00.000Z"
                }
              }
            }

            """));
    }

    [Test]
    public async Task Every_property_of_an_image_is_read_back_after_a_restart()
    {
        var uuids = new[] { Uuid.New(), Uuid.New() };
        var added = await _images.AddAsync(new ImageBuilder().Labelled("failed").Activated().PublishedAt("2020-01-01T00:00:00Z")
            .WithFile(ImageBuilder.SomeFile() with
            {
                Md5 = "m",
                DatasetGuid = "12",
                Digest = "d",
                UncompressedDigest = "u",
                Content = new ContentKey("image-0123456789abcdef.gz"),
            })
            .With(details => details with
            {
                V = 1,
                Owner = uuids[0],
                Description = "d",
                Homepage = "h",
                Eula = "e",
                Urn = "u",
                Disabled = true,
                Public = true,
                Origin = uuids[1],
                Acl = uuids,
                Requirements = Json("{}"),
                Users = Json("[]"),
                BillingTags = ["b"],
                Traits = Json("{}"),
                Tags = Json("{}"),
                GeneratePasswords = false,
                InheritedDirectories = ["/opt"],
                NicDriver = "n",
                DiskDriver = "k",
                CpuType = "c",
                ImageSize = 7,
                Error = Json("{}"),
                Channels = ["dev"],
            }));
        _images.Restart();
        var read = await _images.GetAsync(added.Uuid);
        Assert.That(read.File, Is.EqualTo(added.File));
        Assert.That((read.Activated, read.Label), Is.EqualTo((true, "failed")));
        Assert.That(JsonSerializer.Serialize(read.Details), Is.EqualTo(JsonSerializer.Serialize(added.Details)));
    }
}
