using ImgApi.Tests.Support;

namespace ImgApi.Tests.Unit.Infrastructure.FileSystem;

/// <summary>What a start does about a change of UUID that a crash interrupted: the folder is renamed, its new manifest lies in a note beside the old one.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class MoveRecoveryTests : IDisposable
{
    private static readonly string[] OnlyManifest = ["manifest.json"];

    private readonly StoredImages _images = new();

    public void Dispose() => _images.Dispose();

    [Test]
    public async Task A_change_of_uuid_is_undone_if_the_folder_has_its_old_name()
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
    public async Task A_change_of_uuid_is_finished_if_the_folder_has_its_new_name()
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
    public async Task A_note_is_ignored_if_the_manifest_has_the_uuid_of_the_folder()
    {
        var image = await _images.AddAsync(new ImageBuilder().Named("later"));
        _images.Restart(() => File.WriteAllText(
            Note(image.Uuid), _images.ReadManifest(image.Uuid).Replace("later", "earlier", StringComparison.Ordinal)));

        Assert.That((await _images.GetAsync(image.Uuid)).Details.Name, Is.EqualTo("later"));
        Assert.That(Names(image.Uuid), Is.EqualTo(OnlyManifest));
    }

    [Test]
    public async Task A_change_to_the_uuid_that_the_manifest_already_holds_survives_a_restart()
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
    public async Task An_unreadable_note_does_not_hide_the_image()
    {
        var image = await _images.AddAsync(new ImageBuilder().Named("stays"));
        _images.Restart(() => File.CreateSymbolicLink(Note(image.Uuid), "nowhere"));

        Assert.That((await _images.GetAsync(image.Uuid)).Details.Name, Is.EqualTo("stays"));
        Assert.That(_images.Report.Broken, Is.Empty);
    }

    private IEnumerable<string?> Names(Uuid uuid) => Directory.GetFiles(_images.PathOf(uuid)).Select(Path.GetFileName);

    private string Note(Uuid uuid) => _images.PathOf(uuid, ".imgapi-moving.json");

    private static string Moving(string manifest, Uuid from, Uuid to) =>
        manifest.Replace(from.ToString(), to.ToString(), StringComparison.Ordinal);
}
