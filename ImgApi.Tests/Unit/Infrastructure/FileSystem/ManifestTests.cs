using System.Text.Json;
using ImgApi.Infrastructure.FileSystem.Start;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Unit.Infrastructure.FileSystem;

/// <summary>What manifest.json holds, and what of it survives a rewrite.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ManifestTests : IDisposable
{
    private static readonly Uuid SomeUuid = Uuid.Parse("c02a2044-c1bd-11e4-bd8c-dfc1db8b0182");

    private readonly StoredImages _images = new();

    public void Dispose() => _images.Dispose();

    private async Task<JsonElement> RewrittenAsync(string manifest, Func<Image, Image> change)
    {
        _images.Restart(() => _images.Folder.Write($"{SomeUuid}/manifest.json", manifest));
        await _images.ChangeAsync(SomeUuid, change);
        return JsonElement.Parse(_images.ReadManifest(SomeUuid));
    }

    private static Image Renamed(Image image) => StoredImages.Renamed(image, "renamed");

    private static JsonElement Json(string text) => JsonElement.Parse(text);

    [Test]
    public async Task It_is_in_the_form_of_the_api_and_in_its_order()
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
    public async Task Everything_about_an_image_comes_back()
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

    [Test]
    public async Task Unknown_keys_survive_a_rewrite()
    {
        var manifest = await RewrittenAsync("""{"name":"x","x_note":{"a":[1.50]},"files":[{"sha1":"s","size":1,"compression":"xz","stor":"local"},{"sha1":"t"}]}""", Renamed);
        Assert.That(manifest.GetProperty("name").GetString(), Is.EqualTo("renamed"));
        Assert.That(manifest.GetProperty("x_note").GetProperty("a")[0].GetRawText(), Is.EqualTo("1.50"));
        Assert.That(manifest.GetProperty("files")[0].GetProperty("stor").GetString(), Is.EqualTo("local"));
        Assert.That(manifest.GetProperty("files")[1].GetProperty("sha1").GetString(), Is.EqualTo("t"));
    }

    [Test]
    public async Task Unknown_keys_of_a_file_go_with_the_file()
    {
        var manifest = await RewrittenAsync(
            """{"files":[{"sha1":"s","size":1,"compression":"xz","stor":"local"}]}""", image => image.AttachFile(ImageBuilder.SomeFile()));
        Assert.That(manifest.GetProperty("files")[0].TryGetProperty("stor", out _), Is.False);
    }

    [Test]
    public async Task Unusable_values_survive_until_they_are_set()
    {
        const string Odd = """{"tags":"none","origin":"?","acl":["?","a0000000-0000-4000-8000-000000000000"],"owner":"me","published_at":"soon"}""";
        var manifest = await RewrittenAsync(Odd, Renamed);
        foreach (var property in Json(Odd).EnumerateObject())
        {
            Assert.That(JsonElement.DeepEquals(manifest.GetProperty(property.Name), property.Value), Is.True, property.Name);
        }

        await _images.ChangeAsync(SomeUuid, image => image.GrantAccess([SomeUuid]));
        Assert.That(Json(_images.ReadManifest(SomeUuid)).GetProperty("acl")[0].GetString(), Does.StartWith("a0000000"));
    }

    [Test]
    public async Task Unknown_keys_move_with_the_image()
    {
        var to = Uuid.New();
        _images.Restart(() => _images.Folder.Write($"{SomeUuid}/manifest.json", """{"x_note":1}"""));
        await _images.ChangeAsync(SomeUuid, image => StoredImages.Moved(image, to));
        await _images.RenameAsync(to, "again");
        Assert.That(Json(_images.ReadManifest(to)).GetProperty("x_note").GetInt32(), Is.EqualTo(1));
    }

    [TestCase("""{"name":"x" """, "is not JSON: line 1, column 13: the text ends too early")]
    [TestCase("[]", "not a JSON object")]
    [TestCase("""{"state":"strange"}""", "unknown state")]
    [TestCase("", "is not JSON: the text is empty")]
    public async Task A_broken_manifest_hides_nothing_and_is_left_alone(string broken, string reason)
    {
        var good = await _images.AddAsync(new ImageBuilder());
        _images.Restart(() =>
        {
            _images.Folder.Write($"{SomeUuid}/manifest.json", broken);
            _images.Folder.Write($"{SomeUuid}/image-0123456789abcdef.gz", "content");
        });
        Assert.That(_images.Report.Loaded, Is.EqualTo(1));
        Assert.That(_images.Report.Broken.Single().Reason, Does.Contain(reason));
        Assert.That(await _images.GetAsync(good.Uuid), Is.Not.Null);
        Assert.That(_images.ReadManifest(SomeUuid), Is.EqualTo(broken));
        Assert.That(File.Exists(_images.PathOf(SomeUuid, "image-0123456789abcdef.gz")), Is.True);
    }

    [Test]
    public async Task A_uuid_whose_folder_is_broken_is_in_use()
    {
        _images.Restart(() => _images.Folder.Write($"{SomeUuid}/notes.txt", "mine"));
        var refusal = await Refusal.Of(() => _images.AddAsync(new ImageBuilder().WithUuid(SomeUuid)));
        Assert.That(refusal.Code.Status, Is.EqualTo(409));
        Assert.That(refusal.Message, Does.Contain("not an image that this server can read"));
        Assert.That(File.Exists(_images.PathOf(SomeUuid, "notes.txt")), Is.True);
    }

    [Test]
    public void Foreign_folders_are_reported_and_left_alone()
    {
        _images.Restart(() => _images.Folder.Write("backup/manifest.json", "{}"));
        Assert.That(_images.Report.Broken, Is.EqualTo(new[] { new BrokenFolder("backup", "its name is not a uuid") }));
        Assert.That(File.Exists(_images.Folder.Combine("backup", "manifest.json")), Is.True);
    }
}
