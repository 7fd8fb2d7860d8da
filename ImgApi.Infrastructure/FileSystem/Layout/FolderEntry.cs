using System.IO.Enumeration;

namespace ImgApi.Infrastructure.FileSystem.Layout;

/// <summary>An entry of a folder.</summary>
/// <param name="Name">The name.</param>
/// <param name="IsFolder">Whether it is a folder, or a link to one.</param>
internal readonly record struct FolderEntry(string Name, bool IsFolder)
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    /// <summary>All entries of a folder. Only the folder itself and the targets of links are read.</summary>
    public static List<FolderEntry> List(string path) =>
        [.. new FileSystemEnumerable<FolderEntry>(path, (ref FileSystemEntry entry) => new(entry.FileName.ToString(), entry.IsDirectory), Everything)];
}
