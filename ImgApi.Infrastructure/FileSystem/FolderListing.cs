namespace ImgApi.Infrastructure.FileSystem;

/// <summary>The files of an image's folder as of one moment.</summary>
internal sealed class FolderListing(string path)
{
    private readonly FileInfo[] _files = new DirectoryInfo(path).GetFiles();

    public string Path { get; } = path;

    public IEnumerable<FileInfo> Files => _files;

    /// <summary>The file; null if there is none, or a link that leads nowhere.</summary>
    public FileInfo? Find(string name)
    {
        var file = Array.Find(_files, file => file.Name == name);
        if (file is null || !file.Attributes.HasFlag(FileAttributes.ReparsePoint))
        {
            return file;
        }

        return file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo { Exists: true } target ? target : null;
    }
}
