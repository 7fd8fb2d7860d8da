using ImgApi.Domain.Storage;
using ImgApi.Infrastructure.FileSystem.Start;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Unit.Infrastructure.FileSystem;

/// <summary>What a start does about the unfinished work of a crash.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class RecoveryTests : IDisposable
{
    private readonly StoredImages _images = new();

    public void Dispose() => _images.Dispose();

    [Test]
    public async Task Temporary_files_and_content_that_no_manifest_names_are_deleted()
    {
        var image = await _images.AddAsync(new ImageBuilder());
        var file = await _images.UploadAsync(image.Uuid, "bytes"u8.ToArray());
        string[] strays = [".imgapi-0123456789abcdef.tmp", "image-0123456789abcdef.gz", "image-0123456789abcdef", "icon-0123456789abcdef.png"];
        _images.Restart(() => Array.ForEach(strays, name => File.WriteAllText(_images.PathOf(image.Uuid, name), "stray")));

        Assert.That(Names(image.Uuid), Is.EquivalentTo(new[] { "manifest.json", file.Content.ToString() }));
        Assert.That(_images.Report.Repaired, Has.Count.EqualTo(4));
        Assert.That((await _images.GetAsync(image.Uuid)).File, Is.EqualTo(file));
    }

    [Test]
    public async Task Files_that_this_server_did_not_write_are_left_alone()
    {
        var image = await _images.AddAsync(new ImageBuilder());
        string[] foreign = ["image.gz", "image-backup.gz", ".imgapi-notes.tmp", "IMAGE-0123456789ABCDEF.gz", "icon.png", "readme.txt"];
        _images.Restart(() => Array.ForEach(foreign, name => File.WriteAllText(_images.PathOf(image.Uuid, name), "keep")));

        Assert.That(Names(image.Uuid), Is.SupersetOf(foreign));
        Assert.That(_images.Report.Repaired, Is.Empty);
    }

    [Test]
    public void Folders_of_unfinished_additions_and_removals_are_deleted()
    {
        var uuid = Uuid.New();
        _images.Restart(() =>
        {
            _images.Folder.Write($".imgapi-new-{uuid}/manifest.json", "{}");
            _images.Folder.Write($".imgapi-deleted-{uuid}-0123456789abcdef/manifest.json", "{}");
            _images.Folder.Write(".imgapi-new-something/manifest.json", "{}");
        });

        var folders = Directory.GetDirectories(_images.Folder.Path).Select(Path.GetFileName);
        Assert.That(folders, Is.EquivalentTo(new[] { ".imgapi-new-something", ".imgapi-audit" }));
    }

    [Test]
    public async Task The_removal_of_a_folder_does_not_follow_links()
    {
        using var outside = new TemporaryFolder();
        var kept = outside.Write("kept.txt", "kept");
        var image = await _images.AddAsync(new ImageBuilder());
        Directory.CreateSymbolicLink(_images.PathOf(image.Uuid, "link"), outside.Path);
        await _images.Repository.TryRemoveAsync(image, WriteConditions.None, CancellationToken.None);

        Assert.That(Directory.GetDirectories(_images.Folder.Path).Select(Path.GetFileName), Is.EqualTo(new[] { ".imgapi-audit" }));
        Assert.That(File.Exists(kept), Is.True);
    }

    [Test]
    public async Task A_manifest_may_be_a_link()
    {
        using var outside = new TemporaryFolder();
        var image = await _images.AddAsync(new ImageBuilder().Named("linked"));
        _images.Restart(() =>
        {
            File.Move(_images.PathOf(image.Uuid, "manifest.json"), outside.Combine("elsewhere.json"));
            File.CreateSymbolicLink(_images.PathOf(image.Uuid, "manifest.json"), outside.Combine("elsewhere.json"));
        });

        Assert.That((await _images.GetAsync(image.Uuid)).Details.Name, Is.EqualTo("linked"));
    }

    [Test]
    public async Task A_manifest_that_is_a_dangling_link_is_reported_as_missing()
    {
        var image = await _images.AddAsync(new ImageBuilder());
        _images.Restart(() =>
        {
            File.Delete(_images.PathOf(image.Uuid, "manifest.json"));
            File.CreateSymbolicLink(_images.PathOf(image.Uuid, "manifest.json"), _images.Folder.Combine("nowhere.json"));
        });

        Assert.That(_images.Report.Broken, Is.EqualTo(new[] { new BrokenFolder(image.Uuid.ToString(), "it has no manifest.json") }));
    }

    [Test]
    public async Task The_manifest_names_replaced_legacy_content_as_superseded()
    {
        var (uuid, _) = await ReplaceLegacyContentAsync();
        Assert.That(_images.ReadManifest(uuid), Does.Contain("superseded"));
    }

    [Test]
    public async Task Superseded_legacy_content_is_deleted_by_the_next_start()
    {
        var (uuid, file) = await ReplaceLegacyContentAsync();
        _images.Restart();
        Assert.That(Names(uuid), Is.EquivalentTo(new[] { "manifest.json", file.Content.ToString() }));
    }

    [Test]
    public async Task Superseded_legacy_content_is_forgotten_by_the_next_change()
    {
        var (uuid, _) = await ReplaceLegacyContentAsync();
        _images.Restart();
        await _images.RenameAsync(uuid, "y");
        Assert.That(_images.ReadManifest(uuid), Does.Not.Contain("superseded"));
    }

    private async Task<(Uuid Uuid, ImageFile File)> ReplaceLegacyContentAsync()
    {
        var uuid = Uuid.New();
        _images.Restart(() =>
        {
            _images.Folder.Write($"{uuid}/manifest.json", """{"name":"x","files":[{"sha1":"old","size":3,"compression":"gzip"}]}""");
            _images.Folder.Write($"{uuid}/image.gz", "old");
        });
        return (uuid, await _images.UploadAsync(uuid, "new"u8.ToArray()));
    }

    private IEnumerable<string?> Names(Uuid uuid) => Directory.GetFiles(_images.PathOf(uuid)).Select(Path.GetFileName);
}
