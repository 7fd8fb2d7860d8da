using System.IO.Enumeration;

namespace ImgApi.Infrastructure.FileSystem.Layout;

/// <summary>What a folder holds under a name.</summary>
/// <param name="Name">The name.</param>
/// <param name="IsFolder">Whether it is a folder, or a link to one.</param>
internal readonly record struct FolderEntry(string Name, bool IsFolder)
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    /// <summary>All of a folder as of one moment. Nothing but the folder is read, except where a link leads.</summary>
    public static List<FolderEntry> List(string path) =>
        [.. new FileSystemEnumerable<FolderEntry>(path, (ref FileSystemEntry entry) => new(entry.FileName.ToString(), entry.IsDirectory), Everything)];
}
