namespace ImgApi.Infrastructure.Posix;

/// <summary>Files with secrets, which only their owner may read (0600), or their owner and one group (0640).</summary>
public static class SecretFile
{
    private const UnixFileMode OfOthers = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>Whether other users can read or change a file. False for a missing file.</summary>
    /// <param name="groupMayRead">Whether the group of the file counts as its owner, as far as reading goes.</param>
    /// <exception cref="IOException">The file cannot be examined.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission for its folder.</exception>
    public static bool IsOpenToOthers(string path, bool groupMayRead = false) =>
        !OperatingSystem.IsWindows() && File.Exists(path) && (File.GetUnixFileMode(path) & OfOthers & ~(groupMayRead ? UnixFileMode.GroupRead : 0)) != 0;

    /// <summary>
    /// Creates or replaces a file, durably and as a whole. It keeps its owner and group, and the right of the group to read it, unless others may
    /// read it too. A new one belongs to the owner of its folder, who alone may read it. The caller holds the <see cref="FolderLock"/> of the folder.
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
            if (!OperatingSystem.IsWindows() && File.Exists(path) && !IsOpenToOthers(path, groupMayRead: true))
            {
                File.SetUnixFileMode(temporary, File.GetUnixFileMode(path));
            }

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
