using System.Globalization;
using System.Text.RegularExpressions;
using ImgApi.Infrastructure.FileSystem.Layout;
using ImgApi.Infrastructure.Posix;

namespace ImgApi.Infrastructure.FileSystem.Backups;

/// <summary>
/// A folder of backups. Each is a folder <c>backup-000007</c>; the highest number is the newest. One that is being made is <c>backup-new</c>, and
/// its rename completes it, so that a backup with a number is always whole. Only one process at a time works in the folder; others wait.
/// </summary>
internal sealed partial class BackupFolder : IDisposable
{
    public const string Data = "data";
    public const string Configuration = "config.json";
    public const string Users = "users.json";

    private readonly string _root;
    private readonly IDisposable? _lock;

    private BackupFolder(string root)
    {
        _root = root;
        _lock = FolderLock.Acquire(root);
    }

    /// <summary>The folder of the backup that is being made. One that a killed process left is continued.</summary>
    public string Unfinished => Path.Combine(_root, "backup-new");

    private string Removed => Path.Combine(_root, "backup-old");

    /// <summary>The numbers of the whole backups, the oldest first.</summary>
    public IReadOnlyList<int> Numbers =>
        [.. FolderEntry.List(_root).Where(entry => entry.IsFolder).Select(entry => Numbered.Match(entry.Name)).Where(match => match.Success)
            .Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).Order()];

    /// <summary>The number of the newest whole backup; null if there is none.</summary>
    public int? Newest => Numbers is [.., var newest] ? newest : null;

    /// <param name="path">The full path.</param>
    /// <exception cref="DataFolderException">The folder is missing.</exception>
    public static BackupFolder Open(string path) => Directory.Exists(path)
        ? new BackupFolder(path)
        : throw new DataFolderException($"there is no folder {path}");

    /// <summary>The path of a whole backup.</summary>
    public string PathOf(int number) => Path.Combine(_root, string.Create(CultureInfo.InvariantCulture, $"backup-{number:d6}"));

    /// <summary>Makes the unfinished backup the newest one.</summary>
    /// <returns>Its path.</returns>
    public string Complete()
    {
        var path = PathOf((Newest ?? 0) + 1);
        DurableFile.FlushFolder(Unfinished);
        Directory.Move(Unfinished, path);
        DurableFile.FlushFolder(_root);
        return path;
    }

    /// <summary>Removes all but the newest backups, and what a killed process did not remove to the end.</summary>
    public void RemoveAllBut(int kept)
    {
        Delete(Removed);
        foreach (var number in Numbers.SkipLast(kept))
        {
            // The rename comes first, so that no backup with a number lacks a part.
            Directory.Move(PathOf(number), Removed);
            Delete(Removed);
        }
    }

    public void Dispose() => _lock?.Dispose();

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [GeneratedRegex(@"\Abackup-(\d{6,9})\z")]
    private static partial Regex Numbered { get; }
}
