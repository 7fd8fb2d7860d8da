using ImgApi.Domain.Storage;
using ImgApi.Infrastructure.FileSystem.Start;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Unit.Infrastructure.FileSystem;

/// <summary>What a start makes of the leftovers of a crash.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class RecoveryTests : IDisposable
{
    private static readonly string[] OnlyManifest = ["manifest.json"];

    private readonly StoredImages _images = new();

    public void Dispose() => _images.Dispose();

    private string Note(Uuid uuid) => _images.PathOf(uuid, ".imgapi-moving.json");

    private static string Moving(string manifest, Uuid from, Uuid to) =>
        manifest.Replace(from.ToString(), to.ToString(), StringComparison.Ordinal);

    [Test]
    public async Task Temporary_files_and_unnamed_content_are_deleted()
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
    public async Task What_this_server_did_not_write_is_left_alone()
    {
        var image = await _images.AddAsync(new ImageBuilder());
        string[] foreign = ["image.gz", "image-backup.gz", ".imgapi-notes.tmp", "IMAGE-0123456789ABCDEF.gz", "icon.png", "readme.txt"];
        _images.Restart(() => Array.ForEach(foreign, name => File.WriteAllText(_images.PathOf(image.Uuid, name), "keep")));

        Assert.That(Names(image.Uuid), Is.SupersetOf(foreign));
        Assert.That(_images.Report.Repaired, Is.Empty);
    }

    [Test]
    public void Unfinished_folders_are_deleted()
    {
        var uuid = Uuid.New();
        _images.Restart(() =>
        {
            _images.Folder.Write($".imgapi-new-{uuid}/manifest.json", "{}");
            _images.Folder.Write($".imgapi-deleted-{uuid}-0123456789abcdef/manifest.json", "{}");
            _images.Folder.Write(".imgapi-new-something/manifest.json", "{}");
        });

        var folders = Directory.GetDirectories(_images.Folder.Path).Select(Path.GetFileName);
        Assert.That(folders.Single(), Is.EqualTo(".imgapi-new-something"));
    }

    [Test]
    public async Task A_deletion_does_not_follow_links()
    {
        using var outside = new TemporaryFolder();
        var kept = outside.Write("kept.txt", "kept");
        var image = await _images.AddAsync(new ImageBuilder());
        Directory.CreateSymbolicLink(_images.PathOf(image.Uuid, "link"), outside.Path);
        await _images.Repository.TryRemoveAsync(image, WriteConditions.None, CancellationToken.None);

        Assert.That(Directory.GetDirectories(_images.Folder.Path), Is.Empty);
        Assert.That(File.Exists(kept), Is.True);
    }

    [Test]
    public async Task A_move_whose_folder_has_its_old_name_did_not_happen()
    {
        var image = await _images.AddAsync(new ImageBuilder().Named("moving"));
        var file = await _images.UploadAsync(image.Uuid, "bytes"u8.ToArray());
        var to = Uuid.New();
        _images.Restart(() => File.WriteAllText(
            Note(image.Uuid), Moving(_images.ReadManifest(image.Uuid), image.Uuid, to)));

        Assert.That(await _images.Repository.FindAsync(to, CancellationToken.None), Is.Null);
        Assert.That((await _images.GetAsync(image.Uuid)).File, Is.EqualTo(file));
        Assert.That(Names(image.Uuid), Is.EquivalentTo(new[] { "manifest.json", file.Content.ToString() }));
    }

    [Test]
    public async Task A_move_whose_folder_has_its_new_name_already_is_finished()
    {
        var image = await _images.AddAsync(new ImageBuilder());
        var to = Uuid.New();
        _images.Restart(() =>
        {
            File.WriteAllText(Note(image.Uuid), Moving(_images.ReadManifest(image.Uuid), image.Uuid, to));
            Directory.Move(_images.PathOf(image.Uuid), _images.PathOf(to));
        });

        Assert.That((await _images.GetAsync(to)).Uuid, Is.EqualTo(to));
        Assert.That(_images.ReadManifest(to), Does.Contain(to.ToString()));
        Assert.That(Names(to), Is.EqualTo(OnlyManifest));
    }

    [Test]
    public async Task A_move_is_over_once_the_manifest_has_the_uuid_of_the_folder()
    {
        var image = await _images.AddAsync(new ImageBuilder().Named("later"));
        _images.Restart(() => File.WriteAllText(
            Note(image.Uuid), _images.ReadManifest(image.Uuid).Replace("later", "earlier", StringComparison.Ordinal)));

        Assert.That((await _images.GetAsync(image.Uuid)).Details.Name, Is.EqualTo("later"));
        Assert.That(Names(image.Uuid), Is.EqualTo(OnlyManifest));
    }

    [Test]
    public async Task A_move_to_the_uuid_that_the_manifest_said_already_is_finished()
    {
        var (image, to) = (await _images.AddAsync(new ImageBuilder().Named("before")), Uuid.New());
        _images.Restart(() => File.WriteAllText(
            _images.PathOf(image.Uuid, "manifest.json"), Moving(_images.ReadManifest(image.Uuid), image.Uuid, to)));
        await _images.ChangeAsync(image.Uuid, before => before.Update(
            new ImageChange(to, before.Details with { Name = "after" }, before.Label, before.File)));
        _images.Restart();

        Assert.That((await _images.GetAsync(to)).Details.Name, Is.EqualTo("after"));
    }

    [Test]
    public async Task A_move_that_cannot_be_read_hides_nothing()
    {
        var image = await _images.AddAsync(new ImageBuilder().Named("stays"));
        _images.Restart(() => File.CreateSymbolicLink(Note(image.Uuid), "nowhere"));

        Assert.That((await _images.GetAsync(image.Uuid)).Details.Name, Is.EqualTo("stays"));
        Assert.That(_images.Report.Broken, Is.Empty);
    }

    [Test]
    public async Task A_manifest_may_be_a_link_but_not_lead_nowhere()
    {
        using var outside = new TemporaryFolder();
        var (linked, lost) = (await _images.AddAsync(new ImageBuilder().Named("linked")), await _images.AddAsync(new ImageBuilder()));
        _images.Restart(() =>
        {
            File.Move(_images.PathOf(linked.Uuid, "manifest.json"), outside.Combine("elsewhere.json"));
            File.Delete(_images.PathOf(lost.Uuid, "manifest.json"));
            File.CreateSymbolicLink(_images.PathOf(linked.Uuid, "manifest.json"), outside.Combine("elsewhere.json"));
            File.CreateSymbolicLink(_images.PathOf(lost.Uuid, "manifest.json"), outside.Combine("nowhere.json"));
        });

        Assert.That((await _images.GetAsync(linked.Uuid)).Details.Name, Is.EqualTo("linked"));
        Assert.That(_images.Report.Broken, Is.EqualTo(new[] { new BrokenFolder(lost.Uuid.ToString(), "it has no manifest.json") }));
    }

    [Test]
    public async Task Legacy_content_that_a_change_replaced_is_deleted_if_the_change_was_the_last_thing_that_happened()
    {
        const string Uuid0 = "7a0e3a8e-7f3c-4e3c-9a52-0d4d1b1a1a1a";
        var uuid = Uuid.Parse(Uuid0);
        _images.Restart(() =>
        {
            _images.Folder.Write($"{Uuid0}/manifest.json", """{"name":"x","files":[{"sha1":"old","size":3,"compression":"gzip"}]}""");
            _images.Folder.Write($"{Uuid0}/image.gz", "old");
        });
        var file = await _images.UploadAsync(uuid, "new"u8.ToArray());
        Assert.That(_images.ReadManifest(uuid), Does.Contain("superseded"));
        _images.Restart();

        Assert.That(Names(uuid), Is.EquivalentTo(new[] { "manifest.json", file.Content.ToString() }));
        await _images.RenameAsync(uuid, "y");
        Assert.That(_images.ReadManifest(uuid), Does.Not.Contain("superseded"));
    }

    private IEnumerable<string?> Names(Uuid uuid) => Directory.GetFiles(_images.PathOf(uuid)).Select(Path.GetFileName);
}
