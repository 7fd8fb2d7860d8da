using System.Collections.Frozen;

namespace ImgApi.Infrastructure.FileSystem;

/// <summary>The files of an image's folder as of one moment.</summary>
internal sealed class FolderListing(string path)
{
    private readonly FrozenDictionary<string, FileInfo> _files =
        new DirectoryInfo(path).EnumerateFiles().ToFrozenDictionary(file => file.Name, StringComparer.Ordinal);

    public string Path { get; } = path;

    public IEnumerable<FileInfo> Files => _files.Values;

    /// <summary>The file; null if there is none, or a link that leads nowhere.</summary>
    public FileInfo? Find(string name)
    {
        if (!_files.TryGetValue(name, out var file) || file.LinkTarget is null)
        {
            return file;
        }

        return file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo { Exists: true } target ? target : null;
    }
}
