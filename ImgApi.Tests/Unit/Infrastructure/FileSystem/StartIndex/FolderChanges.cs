using System.Text;
using ImgApi.Infrastructure.FileSystem.Layout;

namespace ImgApi.Tests.Unit.Infrastructure.FileSystem.StartIndex;

/// <summary>
/// Changes to a data folder that an operator can make while no server runs. Each changes some images and returns how many of the
/// index's entries are stale afterwards.
/// </summary>
internal static class FolderChanges
{
    public const string Temporary = ".imgapi-0123456789abcdef.tmp";

    private static readonly Func<IndexedFolder, Uuid[], int>[] All =
    [
        EditInPlace, ReplaceManifest, DeleteManifest, BreakManifest, DeleteFolder, CopyFolder, DeleteContent, AddTemporary, AddStrayContent,
        AddMove, LinkFolder, LinkManifest, FolderForManifest, SwapFolders, MoveFolder, CopyOverFolder,
    ];

    public static IEnumerable<string> Names => All.Select(change => change.Method.Name);

    public static int Apply(string name, IndexedFolder folder, Uuid[] uuids) => All.Single(change => change.Method.Name == name)(folder, uuids);

    private static int EditInPlace(IndexedFolder folder, Uuid[] uuids)
    {
        var path = folder.Manifest(uuids[0]);
        var (times, length) = (File.GetLastWriteTimeUtc(path), new FileInfo(path).Length);
        using (var file = new FileStream(path, FileMode.Open))
        {
            file.Write(Encoding.UTF8.GetBytes(Read(file).Replace("image 0", "IMAGE 0", StringComparison.Ordinal)));
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
