namespace ImgApi.Infrastructure.FileSystem.Layout;

/// <summary>
/// The files of an image's folder as of one moment. Lists names only, for which nothing but the folder is read; what else is
/// asked about a file is looked up then.
/// </summary>
internal sealed class FolderListing
{
    private readonly string[] _names;

    private readonly Dictionary<string, FileInfo?> _found = [];

    /// <param name="path">Path of the folder.</param>
    public FolderListing(string path)
    {
        var entries = FolderEntry.List(path);
        _names = [.. entries.Where(entry => !entry.IsFolder).Select(entry => entry.Name)];
        (Path, HasLinks) = (path, _names.Length < entries.Count);
    }

    public string Path { get; }

    /// <summary>Whether a file that was asked for is a link, or there is a folder, which may be one: it may lead elsewhere without a trace here.</summary>
    public bool HasLinks { get; private set; }

    /// <summary>The names of the files.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>Full path of a file of the folder.</summary>
    public string PathOf(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Whether there is a file of that name, or a link that may lead nowhere.</summary>
    public bool Has(string name) => _names.Contains(name);

    /// <summary>The file; null if there is none, or a link that leads nowhere.</summary>
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
