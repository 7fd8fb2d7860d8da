namespace ImgApi.Infrastructure.Posix;

/// <summary>Files with secrets, which only their owner may read (0600).</summary>
public static class SecretFile
{
    private const UnixFileMode OfOthers = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>Whether other users can read or change a file. False for a missing file.</summary>
    /// <exception cref="IOException">The file cannot be examined.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission for its folder.</exception>
    public static bool IsOpenToOthers(string path) =>
        !OperatingSystem.IsWindows() && File.Exists(path) && (File.GetUnixFileMode(path) & OfOthers) != 0;

    /// <summary>
    /// Creates or replaces a file, durably and as a whole. It keeps its owner; a new one belongs to the owner of its folder. The caller holds the
    /// <see cref="FolderLock"/> of the folder.
    /// </summary>
    /// <exception cref="IOException">The file cannot be written; the old one stays.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission to write the file.</exception>
    public static void Replace(string path, ReadOnlySpan<byte> bytes)
    {
        var folder = Path.GetDirectoryName(path)!;
        var temporary = path + ".new";
        // It may be left over from a process that was killed.
        File.Delete(temporary);
        try
        {
            DurableFile.WriteNew(temporary, bytes);
            FileOwner.Copy(folder, File.Exists(path) ? Path.GetFileName(path) : "", temporary);
            DurableFile.Rename(temporary, path);
        }
        catch
        {
            DurableFile.TryDelete(temporary);
            throw;
        }

        DurableFile.FlushFolder(folder);
    }
}
