using ImgApi.Domain.Storage;
using ImgApi.Infrastructure.FileSystem.Layout;
using Microsoft.Extensions.DependencyInjection;

namespace ImgApi.Tests.Unit.Infrastructure.FileSystem.StartIndex;

/// <summary>A start with an index makes of the folder what a start without one makes of it.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class CatalogueIndexTests : IDisposable
{
    private const int Count = 4;

    private readonly IndexedFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Test]
    public async Task The_second_start_believes_the_index_and_serves_the_same()
    {
        await _folder.AddAsync(Count);
        var first = await _folder.StartAsync();
        var second = await _folder.StartAsync();

        Assert.That(first.FromIndex, Is.Zero);
        Assert.That(second.FromIndex, Is.EqualTo(Count));
        Assert.That(second.Manifests, Is.EqualTo(first.Manifests));
        Assert.That(second.Report.Loaded, Is.EqualTo(Count));
        Assert.That(second.Lines, Has.Some.Contains($"{Count} of {Count} images came from the index"));
        Assert.That(second.Warnings, Is.Empty);
    }

    [Test]
    public async Task What_was_touched_a_moment_ago_is_not_entered()
    {
        await _folder.AddAsync(Count);
        await _folder.StartAsync(minAge: TimeSpan.FromDays(1));
        Assert.That(File.Exists(_folder.Index), Is.False);
        Assert.That((await _folder.StartAsync()).FromIndex, Is.Zero);
    }

    [Test]
    public async Task Rules_of_the_server_are_applied_to_what_comes_from_the_index()
    {
        var uuid = (await _folder.AddAsync(1)).Single().Uuid;
        Assert.That((await _folder.StartAsync(rules: new ServerRules(ServerMode.Private))).Manifests[uuid], Does.Contain("\"public\": false"));
        var second = await _folder.StartAsync(rules: new ServerRules(ServerMode.Public));
        Assert.That(second.FromIndex, Is.EqualTo(1));
        Assert.That(second.Manifests[uuid], Does.Contain("\"public\": true"));
        Assert.That((await _folder.StartAsync()).Manifests[uuid], Does.Contain("\"public\": false"), "as it is stored");
    }

    [Test]
    public async Task What_changed_since_the_last_start_is_read_again_and_entered_by_the_next()
    {
        var images = await _folder.AddAsync(Count);
        await _folder.StartAsync(provider => provider.GetRequiredService<IImageRepository>().ChangeAsync(
            images[0].Uuid, image => StoredImages.Renamed(image, "renamed"), CancellationToken.None));

        var second = await _folder.StartAsync();
        Assert.That(second.FromIndex, Is.EqualTo(Count - 1));
        Assert.That(second.Manifests[images[0].Uuid], Does.Contain("renamed"));
        Assert.That((await _folder.StartAsync()).FromIndex, Is.EqualTo(Count));
    }

    [Test]
    public async Task A_start_that_found_everything_in_the_index_leaves_it_alone()
    {
        await _folder.AddAsync(Count);
        await _folder.StartAsync();
        File.SetLastWriteTimeUtc(_folder.Index, DateTime.UnixEpoch);
        await _folder.StartAsync();
        Assert.That(File.GetLastWriteTimeUtc(_folder.Index), Is.EqualTo(DateTime.UnixEpoch));
    }

    [TestCase(nameof(EditInPlace))]
    [TestCase(nameof(ReplaceManifest))]
    [TestCase(nameof(DeleteManifest))]
    [TestCase(nameof(BreakManifest))]
    [TestCase(nameof(DeleteFolder))]
    [TestCase(nameof(CopyFolder))]
    [TestCase(nameof(DeleteContent))]
    [TestCase(nameof(AddTemporary))]
    [TestCase(nameof(AddStrayContent))]
    [TestCase(nameof(AddMove))]
    [TestCase(nameof(LinkFolder))]
    [TestCase(nameof(LinkManifest))]
    [TestCase(nameof(FolderForManifest))]
    [TestCase(nameof(SwapFolders))]
    [TestCase(nameof(MoveFolder))]
    [TestCase(nameof(CopyOverFolder))]
    public async Task Changes_while_no_server_runs_count(string change)
    {
        var uuids = (await _folder.AddAsync(Count)).Select(image => image.Uuid).ToArray();
        await _folder.StartAsync();
        var changed = Changes.Single(kind => kind.Method.Name == change).Invoke(_folder, uuids);
        var start = await _folder.StartAsync();
        var expected = await _folder.StartWithoutIndexAsync();

        Assert.That(start.FromIndex, Is.EqualTo(Count - changed));
        Assert.That(start.Manifests, Is.EqualTo(expected.Manifests));
        Assert.That(start.Report.Broken, Is.EqualTo(expected.Report.Broken));
        Assert.That(start.Report.Missing, Is.EquivalentTo(expected.Report.Missing));
        Assert.That(File.Exists(_folder.Combine(uuids[0].ToString(), Temporary)), Is.False);
    }

    private const string Temporary = ".imgapi-0123456789abcdef.tmp";

    /// <summary>Each changes some of the images and returns how many.</summary>
    private static readonly Func<IndexedFolder, Uuid[], int>[] Changes =
    [
        EditInPlace, ReplaceManifest, DeleteManifest, BreakManifest, DeleteFolder, CopyFolder, DeleteContent, AddTemporary, AddStrayContent,
        AddMove, LinkFolder, LinkManifest, FolderForManifest, SwapFolders, MoveFolder, CopyOverFolder,
    ];

    private static int EditInPlace(IndexedFolder folder, Uuid[] uuids)
    {
        var path = folder.Manifest(uuids[0]);
        var (times, length) = (File.GetLastWriteTimeUtc(path), new FileInfo(path).Length);
        using (var file = new FileStream(path, FileMode.Open))
        {
            file.Write(System.Text.Encoding.UTF8.GetBytes(Read(file).Replace("image 0", "IMAGE 0", StringComparison.Ordinal)));
        }

        File.SetLastWriteTimeUtc(path, times);
        Assert.That(new FileInfo(path).Length, Is.EqualTo(length));
        return 1;
    }

    private static int ReplaceManifest(IndexedFolder folder, Uuid[] uuids)
    {
        var next = folder.Combine("next");
        File.WriteAllText(next, File.ReadAllText(folder.Manifest(uuids[0])).Replace("image 0", "IMAGE 0", StringComparison.Ordinal));
        File.Move(next, folder.Manifest(uuids[0]), overwrite: true);
        return 1;
    }

    private static int DeleteManifest(IndexedFolder folder, Uuid[] uuids)
    {
        File.Delete(folder.Manifest(uuids[0]));
        return 1;
    }

    private static int BreakManifest(IndexedFolder folder, Uuid[] uuids)
    {
        File.AppendAllText(folder.Manifest(uuids[0]), "}");
        return 1;
    }

    private static int DeleteFolder(IndexedFolder folder, Uuid[] uuids)
    {
        Directory.Delete(folder.Combine(uuids[0].ToString()), recursive: true);
        return 1;
    }

    private static int CopyFolder(IndexedFolder folder, Uuid[] uuids)
    {
        Copy(folder.Combine(uuids[0].ToString()), folder.Combine(Uuid.New().ToString()));
        return 0;
    }

    private static int DeleteContent(IndexedFolder folder, Uuid[] uuids)
    {
        Array.ForEach(Directory.GetFiles(folder.Combine(uuids[0].ToString()), "image-*"), File.Delete);
        return 1;
    }

    private static int AddTemporary(IndexedFolder folder, Uuid[] uuids)
    {
        File.WriteAllText(folder.Combine(uuids[0].ToString(), Temporary), "");
        return 1;
    }

    private static int AddStrayContent(IndexedFolder folder, Uuid[] uuids)
    {
        File.WriteAllText(folder.Combine(uuids[0].ToString(), "image-0123456789abcdef.gz"), "");
        return 1;
    }

    private static int AddMove(IndexedFolder folder, Uuid[] uuids)
    {
        var moved = File.ReadAllText(folder.Manifest(uuids[0])).Replace(uuids[0].ToString(), Uuid.New().ToString(), StringComparison.Ordinal);
        File.WriteAllText(folder.Combine(uuids[0].ToString(), FileNames.MovingManifest), moved);
        return 1;
    }

    private static int LinkFolder(IndexedFolder folder, Uuid[] uuids)
    {
        Directory.Move(folder.Combine(uuids[0].ToString()), folder.Combine("elsewhere"));
        Directory.CreateSymbolicLink(folder.Combine(uuids[0].ToString()), "elsewhere");
        return 1;
    }

    private static int LinkManifest(IndexedFolder folder, Uuid[] uuids)
    {
        File.Move(folder.Manifest(uuids[0]), folder.Combine("elsewhere.json"));
        File.CreateSymbolicLink(folder.Manifest(uuids[0]), "../elsewhere.json");
        return 1;
    }

    private static int FolderForManifest(IndexedFolder folder, Uuid[] uuids)
    {
        File.Delete(folder.Manifest(uuids[0]));
        Directory.CreateDirectory(folder.Manifest(uuids[0]));
        return 1;
    }

    private static int SwapFolders(IndexedFolder folder, Uuid[] uuids)
    {
        var (one, other) = (folder.Combine(uuids[0].ToString()), folder.Combine(uuids[1].ToString()));
        Directory.Move(one, folder.Combine("between"));
        Directory.Move(other, one);
        Directory.Move(folder.Combine("between"), other);
        return 2;
    }

    private static int MoveFolder(IndexedFolder folder, Uuid[] uuids)
    {
        Directory.Move(folder.Combine(uuids[0].ToString()), folder.Combine(Uuid.New().ToString()));
        return 1;
    }

    private static int CopyOverFolder(IndexedFolder folder, Uuid[] uuids)
    {
        Directory.Delete(folder.Combine(uuids[0].ToString()), recursive: true);
        Copy(folder.Combine(uuids[1].ToString()), folder.Combine(uuids[0].ToString()));
        return 1;
    }

    private static string Read(FileStream file)
    {
        using var reader = new StreamReader(file, leaveOpen: true);
        var text = reader.ReadToEnd();
        file.Position = 0;
        return text;
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        Array.ForEach(Directory.GetFiles(from), path => File.Copy(path, Path.Combine(to, Path.GetFileName(path))));
    }
}
