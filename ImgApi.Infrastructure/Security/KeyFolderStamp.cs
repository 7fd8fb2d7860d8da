using ImgApi.Infrastructure.Posix;

namespace ImgApi.Infrastructure.Security;

/// <summary>
/// Shows whether the files of a key folder have changed: their names, sizes and times. A file that was written just before the stamp was taken
/// can change again within the same tick of the file system's clock, so that such a stamp is not reliable.
/// </summary>
internal sealed class KeyFolderStamp(List<(string User, FileStamp? Stamp)> files, DateTime now)
{
    // The resolution of the coarsest file system clock, that of FAT.
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(2);

    private readonly List<(string User, FileStamp? Stamp)> _files = files;

    /// <summary>Whether an equal later stamp means that nothing changed.</summary>
    public bool IsSettled { get; } = files.TrueForAll(file => file.Stamp?.IsFromBefore(FileStamp.Nanoseconds(now - Tick)) ?? true);

    /// <summary>Takes a stamp; null if the folder cannot be read.</summary>
    /// <param name="folder">Null for none, whose stamp never changes.</param>
    /// <param name="clock">The clock of the file system.</param>
    public static KeyFolderStamp? TryTake(string? folder, TimeProvider clock)
    {
        try
        {
            var files = KeyFile.List(folder).Select(file => (file.User, FileStamp.FromFile(file.Content)));
            return new KeyFolderStamp([.. files], clock.GetUtcNow().UtcDateTime);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public bool IsSame(KeyFolderStamp? other) => other is not null && _files.SequenceEqual(other._files);
}
