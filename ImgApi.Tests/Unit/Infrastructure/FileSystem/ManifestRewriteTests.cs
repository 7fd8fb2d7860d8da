using System.Text.Json;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Unit.Infrastructure.FileSystem;

/// <summary>What survives when a manifest is rewritten that holds more than this server understands.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ManifestRewriteTests : IDisposable
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

    [Test]
    public async Task Unknown_members_of_a_manifest_survive_a_rewrite()
    {
        var manifest = await RewrittenAsync("""{"name":"x","x_note":{"a":[1.50]},"files":[{"sha1":"s","size":1,"compression":"xz","stor":"local"},{"sha1":"t"}]}""", Renamed);
        Assert.That(manifest.GetProperty("name").GetString(), Is.EqualTo("renamed"));
        Assert.That(manifest.GetProperty("x_note").GetProperty("a")[0].GetRawText(), Is.EqualTo("1.50"));
        Assert.That(manifest.GetProperty("files")[0].GetProperty("stor").GetString(), Is.EqualTo("local"));
        Assert.That(manifest.GetProperty("files")[1].GetProperty("sha1").GetString(), Is.EqualTo("t"));
    }

    [Test]
    public async Task Unknown_members_of_a_file_are_dropped_with_the_file()
    {
        var manifest = await RewrittenAsync(
            """{"files":[{"sha1":"s","size":1,"compression":"xz","stor":"local"}]}""", image => image.AttachFile(ImageBuilder.SomeFile()));
        Assert.That(manifest.GetProperty("files")[0].TryGetProperty("stor", out _), Is.False);
    }

    [Test]
    public async Task Values_that_cannot_be_used_survive_a_rewrite()
    {
        const string Odd = """{"tags":"none","origin":"?","acl":["?","a0000000-0000-4000-8000-000000000000"],"owner":"me","published_at":"soon"}""";
        var manifest = await RewrittenAsync(Odd, Renamed);
        foreach (var property in JsonElement.Parse(Odd).EnumerateObject())
        {
            Assert.That(JsonElement.DeepEquals(manifest.GetProperty(property.Name), property.Value), Is.True, property.Name);
        }
    }

    [Test]
    public async Task A_value_that_cannot_be_used_is_dropped_when_its_field_changes()
    {
        var manifest = await RewrittenAsync(
            """{"acl":["?","a0000000-0000-4000-8000-000000000000"]}""", image => image.GrantAccess([SomeUuid]));
        Assert.That(manifest.GetProperty("acl")[0].GetString(), Does.StartWith("a0000000"));
    }

    [Test]
    public async Task Unknown_members_of_a_manifest_are_kept_when_the_uuid_changes()
    {
        var to = Uuid.New();
        _images.Restart(() => _images.Folder.Write($"{SomeUuid}/manifest.json", """{"x_note":1}"""));
        await _images.ChangeAsync(SomeUuid, image => StoredImages.Moved(image, to));
        await _images.RenameAsync(to, "again");
        Assert.That(JsonElement.Parse(_images.ReadManifest(to)).GetProperty("x_note").GetInt32(), Is.EqualTo(1));
    }
}
