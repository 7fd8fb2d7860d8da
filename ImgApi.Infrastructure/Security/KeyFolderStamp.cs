using ImgApi.Infrastructure.Posix;

namespace ImgApi.Infrastructure.Security;

/// <summary>
/// What tells cheaply whether the files of a key folder are still those that were read: names, sizes and times. A file
/// that had just been written when it was looked at can change once more within the same tick of the file system's
/// clock, so such a look cannot be relied on.
/// </summary>
internal sealed class KeyFolderStamp
{
    /// <summary>The coarsest clock of a file system, FAT's.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(2);

    private readonly List<(string User, FileStamp? Stamp)> _files;

    private KeyFolderStamp(List<(string User, FileStamp? Stamp)> files, DateTime now)
    {
        _files = files;
        IsSettled = files.TrueForAll(file => file.Stamp?.IsFromBefore(FileStamp.Nanoseconds(now - Tick)) ?? true);
    }

    /// <summary>Whether the same stamp later on means that nothing changed.</summary>
    public bool IsSettled { get; }

    /// <summary>Looks at the folder.</summary>
    /// <param name="folder">The folder; null for none, whose stamp never changes.</param>
    /// <param name="clock">The clock that the file system goes by.</param>
    /// <returns>The stamp; null if the folder cannot be looked at.</returns>
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

    /// <summary>Whether both looks saw the same.</summary>
    public bool IsSame(KeyFolderStamp? other) => other is not null && _files.SequenceEqual(other._files);
}
