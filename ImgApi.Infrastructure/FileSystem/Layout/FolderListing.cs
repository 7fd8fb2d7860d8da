namespace ImgApi.Infrastructure.FileSystem.Layout;

/// <summary>
/// The names of the files in an image's folder at one moment. Other properties of a file are read when they are requested.
/// </summary>
internal sealed class FolderListing
{
    private readonly string[] _names;

    private readonly Dictionary<string, FileInfo?> _found = [];

    public FolderListing(string path)
    {
        var entries = FolderEntry.List(path);
        _names = [.. entries.Where(entry => !entry.IsFolder).Select(entry => entry.Name)];
        (Path, HasLinks) = (path, _names.Length < entries.Count);
    }

    public string Path { get; }

    /// <summary>Whether a requested file is a link, or the folder has a subfolder, which may be one. The stamps do not cover link targets.</summary>
    public bool HasLinks { get; private set; }

    /// <summary>The names of the files.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>Full path of a file of the folder.</summary>
    public string PathOf(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Whether there is a file with this name, or a possibly dangling link.</summary>
    public bool Has(string name) => _names.Contains(name);

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
