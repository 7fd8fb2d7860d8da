namespace ImgApi.Infrastructure.Posix;

/// <summary>What tells that a file or folder is still the same, and that nobody has changed it.</summary>
/// <param name="Inode">Number in its file system.</param>
/// <param name="Size">Bytes.</param>
/// <param name="ModifiedAt">When its content changed last, in nanoseconds since 1970 by the clock of the file system.</param>
/// <param name="ChangedAt">The same for anything about it; no tool sets it back, where the file system keeps it.</param>
public readonly record struct FileStamp(ulong Inode, long Size, long ModifiedAt, long ChangedAt)
{
    /// <summary>The stamp by size and time of change alone, which every system has; null for a file that is not there.</summary>
    public static FileStamp? FromFile(FileInfo file) =>
        file.Exists ? new FileStamp(0, file.Length, Nanoseconds(file.LastWriteTimeUtc), ChangedAt: 0) : null;

    /// <summary>A time in the unit of a stamp.</summary>
    public static long Nanoseconds(DateTime time) => (time - DateTime.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;

    /// <summary>Whether nothing had happened to it since then.</summary>
    public bool IsFromBefore(long instant) => ModifiedAt <= instant && ChangedAt <= instant;
}
