namespace ImgApi.Infrastructure.Posix;

/// <summary>Shows whether a file or folder has been changed or replaced.</summary>
/// <param name="ModifiedAt">Time of the last change of its content, in nanoseconds since 1970 by the clock of the file system.</param>
/// <param name="ChangedAt">Time of the last change of its content or properties, which no tool can set. Not every file system has it.</param>
public readonly record struct FileStamp(ulong Inode, long Size, long ModifiedAt, long ChangedAt)
{
    /// <summary>A stamp of size and modification time, which every system has; null for a missing file.</summary>
    public static FileStamp? FromFile(FileInfo file) =>
        file.Exists ? new FileStamp(0, file.Length, Nanoseconds(file.LastWriteTimeUtc), ChangedAt: 0) : null;

    internal static long Nanoseconds(DateTime time) => (time - DateTime.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;

    /// <summary>Whether it has not changed since then.</summary>
    public bool IsFromBefore(long instant) => ModifiedAt <= instant && ChangedAt <= instant;
}
