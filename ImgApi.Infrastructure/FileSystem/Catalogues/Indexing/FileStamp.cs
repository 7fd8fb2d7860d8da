namespace ImgApi.Infrastructure.FileSystem.Catalogues.Indexing;

/// <summary>What tells that a file or folder is still the same, and that nobody has changed it.</summary>
/// <param name="Inode">Number in its file system.</param>
/// <param name="Size">Bytes.</param>
/// <param name="ModifiedAt">When its content changed last, in nanoseconds since 1970 by the clock of the file system.</param>
/// <param name="ChangedAt">The same for anything about it; no tool sets it back, where the file system keeps it.</param>
internal readonly record struct FileStamp(ulong Inode, long Size, long ModifiedAt, long ChangedAt)
{
    /// <summary>Whether nothing had happened to it since then.</summary>
    public bool IsFromBefore(long instant) => ModifiedAt <= instant && ChangedAt <= instant;
}
