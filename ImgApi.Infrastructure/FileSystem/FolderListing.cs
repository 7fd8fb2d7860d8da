using System.IO.Enumeration;

namespace ImgApi.Infrastructure.FileSystem;

/// <summary>The files of an image's folder as of one moment. Lists names only: what else is asked about a file is looked up then.</summary>
internal sealed class FolderListing(string path)
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    private readonly List<Entry> _entries = List(path);

    public string Path { get; } = path;

    /// <summary>The names of the files.</summary>
    public IEnumerable<string> Names => _entries.Select(entry => entry.Name);

    /// <summary>Full path of a file of the folder.</summary>
    public string PathOf(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>The file; null if there is none, or a link that leads nowhere.</summary>
    public FileInfo? Find(string name)
    {
        var entry = _entries.Find(entry => entry.Name == name);
        if (entry.Name is null)
        {
            return null;
        }

        var file = new FileInfo(PathOf(name));
        return entry.IsLink ? file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo { Exists: true } target ? target : null : file;
    }

    private static List<Entry> List(string path) => [.. new FileSystemEnumerable<Entry>(
        path, (ref FileSystemEntry entry) => new Entry(entry.FileName.ToString(), entry.Attributes.HasFlag(FileAttributes.ReparsePoint)), Everything)
    {
        ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory,
    }];

    private readonly record struct Entry(string Name, bool IsLink);
}
