using ImgApi.Infrastructure.FileSystem.Start;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Unit.Infrastructure.FileSystem;

/// <summary>Folders in which a start finds no image that it can read.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class BrokenFolderTests : IDisposable
{
    private static readonly Uuid SomeUuid = Uuid.Parse("c02a2044-c1bd-11e4-bd8c-dfc1db8b0182");

    private readonly StoredImages _images = new();

    public void Dispose() => _images.Dispose();

    private void RestartWith(string manifest) => _images.Restart(() =>
    {
        _images.Folder.Write($"{SomeUuid}/manifest.json", manifest);
        _images.Folder.Write($"{SomeUuid}/image-0123456789abcdef.gz", "content");
    });

    [TestCase("""{"name":"x" """, "is not JSON: line 1, column 13: the text ends too early")]
    [TestCase("[]", "not a JSON object")]
    [TestCase("""{"state":"strange"}""", "unknown state")]
    [TestCase("", "is not JSON: the text is empty")]
    public void A_broken_manifest_is_reported_with_the_reason(string broken, string reason)
    {
        RestartWith(broken);
        Assert.That(_images.Report.Broken.Single().Reason, Does.Contain(reason));
    }

    [TestCase("{")]
    [TestCase("[]")]
    [TestCase("""{"state":"strange"}""")]
    [TestCase("")]
    public async Task A_broken_manifest_does_not_affect_other_images(string broken)
    {
        var good = await _images.AddAsync(new ImageBuilder());
        RestartWith(broken);
        Assert.That(_images.Report.Loaded, Is.EqualTo(1));
        Assert.That(await _images.GetAsync(good.Uuid), Is.Not.Null);
    }

    [TestCase("{")]
    [TestCase("[]")]
    [TestCase("""{"state":"strange"}""")]
    [TestCase("")]
    public void A_folder_with_a_broken_manifest_is_left_alone(string broken)
    {
        RestartWith(broken);
        Assert.That(_images.ReadManifest(SomeUuid), Is.EqualTo(broken));
        Assert.That(File.Exists(_images.PathOf(SomeUuid, "image-0123456789abcdef.gz")), Is.True);
    }

    [Test]
    public async Task The_uuid_of_a_broken_folder_is_in_use()
    {
        _images.Restart(() => _images.Folder.Write($"{SomeUuid}/notes.txt", "mine"));
        var refusal = await Refusal.Of(() => _images.AddAsync(new ImageBuilder().WithUuid(SomeUuid)));
        Assert.That(refusal.Code.Status, Is.EqualTo(409));
        Assert.That(refusal.Message, Does.Contain("not an image that this server can read"));
        Assert.That(File.Exists(_images.PathOf(SomeUuid, "notes.txt")), Is.True);
    }

    [Test]
    public void A_folder_whose_name_is_not_a_uuid_is_reported_and_left_alone()
    {
        _images.Restart(() => _images.Folder.Write("backup/manifest.json", "{}"));
        Assert.That(_images.Report.Broken, Is.EqualTo(new[] { new BrokenFolder("backup", "its name is not a uuid") }));
        Assert.That(File.Exists(_images.Folder.Combine("backup", "manifest.json")), Is.True);
    }
}
