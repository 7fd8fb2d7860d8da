namespace ImgApi.Infrastructure.Posix;

/// <summary>Gives files that root writes to the user who needs them. Linux only; elsewhere the files stay root's.</summary>
internal static class FileOwner
{
    private const int EmptyPath = 0x1000;
    private const uint UserAndGroup = 0x18;

    /// <summary>Gives a file the owner and group of a folder, or of a file in it. Does nothing unless this process is root's.</summary>
    /// <param name="name">The name of a file in the folder; empty for the folder itself.</param>
    /// <param name="to">The path of the file that changes.</param>
    /// <exception cref="IOException">The owner cannot be read or set.</exception>
    public static void Copy(string folder, string name, string to)
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            return;
        }

        using var handle = NativeMethods.Open(folder, NativeMethods.ReadOnly);
        if (handle.IsInvalid
            || NativeMethods.Statx(handle, name, EmptyPath, UserAndGroup, out var found) != 0
            || NativeMethods.ChangeOwner(to, found.User, found.Group) != 0)
        {
            throw new IOException("its owner cannot be kept");
        }
    }
}
