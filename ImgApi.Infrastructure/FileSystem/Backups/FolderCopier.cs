using ImgApi.Infrastructure.FileSystem.Layout;
using ImgApi.Infrastructure.Posix;

namespace ImgApi.Infrastructure.FileSystem.Backups;

/// <summary>Copies whole folders. Links to folders are left out, links to files become files.</summary>
internal static class FolderCopier
{
    /// <summary>Copies what is in a folder. Files that are deleted meanwhile are left out.</summary>
    /// <param name="former">The same folder of the backup before; null if there is none.</param>
    /// <param name="isIncluded">Whether an entry of this folder is copied. Those of its subfolders all are.</param>
    public static void Copy(FileCopier copier, string source, string? former, string target, Func<FolderEntry, bool>? isIncluded = null)
    {
        var isImage = Uuid.TryParseFolder(Path.GetFileName(source), out _);
        FileCopier.CreateFolder(source, target);
        foreach (var entry in FolderEntry.List(source).Where(entry => isIncluded?.Invoke(entry) ?? true))
        {
            var (from, to) = (Path.Combine(source, entry.Name), Path.Combine(target, entry.Name));
            var old = former is null ? null : Path.Combine(former, entry.Name);
            try
            {
                if (!entry.IsFolder)
                {
                    copier.Copy(from, old, to, neverChanges: isImage && FileNames.IsContent(entry.Name));
                }
                else if (new DirectoryInfo(from).LinkTarget is null)
                {
                    Copy(copier, from, old, to);
                }
            }
            catch (Exception e) when (e is FileNotFoundException || (e is DirectoryNotFoundException && !Path.Exists(from)))
            {
                // It was deleted meanwhile.
            }
        }

        DurableFile.FlushFolder(target);
    }

    /// <summary>Deletes what an earlier run has copied and the source does not have any more.</summary>
    /// <param name="names">What remains.</param>
    public static void DeleteOthers(string folder, IReadOnlyCollection<string> names)
    {
        foreach (var entry in FolderEntry.List(folder).Where(entry => !names.Contains(entry.Name)))
        {
            var path = Path.Combine(folder, entry.Name);
            if (entry.IsFolder)
            {
                Directory.Delete(path, recursive: true);
            }
            else
            {
                File.Delete(path);
            }
        }
    }
}
