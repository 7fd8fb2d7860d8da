using System.IO.Enumeration;

namespace ImgApi.Infrastructure.FileSystem.Layout;

/// <summary>
/// The names of the files in an image's folder at one moment. Other properties of a file are read when they are requested.
/// </summary>
internal sealed class FolderListing
{
    private readonly Dictionary<string, FileInfo?> _found = [];

    public FolderListing(string path)
    {
        var entries = FolderEntry.List(path);
        Names = [.. entries.Where(entry => !entry.IsFolder).Select(entry => entry.Name)];
        (Path, HasLinks) = (path, Names.Count < entries.Count);
    }

    public string Path { get; }

    /// <summary>Whether a requested file is a link, or the folder has a subfolder, which may be one. The stamps do not cover link targets.</summary>
    public bool HasLinks { get; private set; }

    public IReadOnlyList<string> Names { get; }

    public string PathOf(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Whether there is a file with this name, or a possibly dangling link.</summary>
    public bool Has(string name) => Names.Contains(name);

    /// <summary>The file; null if it is missing or a dangling link.</summary>
    public FileInfo? Find(string name)
    {
        if (!_found.TryGetValue(name, out var file))
        {
            _found.Add(name, file = Has(name) ? Look(name) : null);
        }

        return file;
    }

    private FileInfo? Look(string name)
    {
        var file = new FileInfo(PathOf(name));
        if (!file.Attributes.HasFlag(FileAttributes.ReparsePoint))
        {
            return file;
        }

        HasLinks = true;
        return file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo { Exists: true } target ? target : null;
    }
}

/// <summary>An entry of a folder. A link to a folder counts as a folder.</summary>
internal readonly record struct FolderEntry(string Name, bool IsFolder)
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    /// <summary>All entries of a folder. Only the folder itself and the targets of links are read.</summary>
    public static List<FolderEntry> List(string path) =>
        [.. new FileSystemEnumerable<FolderEntry>(path, (ref FileSystemEntry entry) => new(entry.FileName.ToString(), entry.IsDirectory), Everything)];
}
