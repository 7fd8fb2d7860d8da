using ImgApi.Infrastructure.Posix;

namespace ImgApi.Infrastructure.Security;

/// <summary>
/// Shows whether files have changed: their names, sizes and times. A file that was written just before the stamp was taken can change again
/// within the same tick of the file system's clock, so that such a stamp is not reliable.
/// </summary>
internal sealed class FilesStamp(List<(string Name, FileStamp? Stamp)> files, DateTime now)
{
    // The resolution of the coarsest file system clock, that of FAT.
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(2);

    private readonly List<(string Name, FileStamp? Stamp)> _files = files;

    /// <summary>Whether an equal later stamp means that nothing changed.</summary>
    public bool IsSettled { get; } = files.TrueForAll(file => file.Stamp?.IsFromBefore(FileStamp.Nanoseconds(now - Tick)) ?? true);

    /// <summary>Takes a stamp of the files in a key folder; null if the folder cannot be read.</summary>
    /// <param name="folder">Null for none, whose stamp never changes.</param>
    /// <param name="clock">The clock of the file system.</param>
    public static FilesStamp? TryTakeOfKeys(string? folder, TimeProvider clock) =>
        TryTake(() => KeyFile.List(folder).Select(file => (file.User, file.Content)), clock);

    /// <summary>Takes a stamp of a file, which may be missing; null if its folder cannot be read.</summary>
    /// <param name="clock">The clock of the file system.</param>
    public static FilesStamp? TryTake(string path, TimeProvider clock) => TryTake(() => [("", KeyFile.Followed(new FileInfo(path)))], clock);

    public bool IsSame(FilesStamp? other) => other is not null && _files.SequenceEqual(other._files);

    private static FilesStamp? TryTake(Func<IEnumerable<(string Name, FileInfo File)>> list, TimeProvider clock)
    {
        try
        {
            return new FilesStamp([.. list().Select(file => (file.Name, FileStamp.FromFile(file.File)))], clock.GetUtcNow().UtcDateTime);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
