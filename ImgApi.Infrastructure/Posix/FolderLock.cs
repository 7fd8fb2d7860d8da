using System.Runtime.InteropServices;

namespace ImgApi.Infrastructure.Posix;

/// <summary>
/// A short lock on a folder, between the server and tools that work on it at the same time. If locks are not supported (by the file system, or
/// on Windows), the work continues without one. It is independent of the lock by which a server owns its data folder.
/// </summary>
public static class FolderLock
{
    private const int Interrupted = 4;

    /// <summary>Waits for the lock, which is released when the result is disposed.</summary>
    public static IDisposable? Acquire(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        var folder = NativeMethods.Open(path, NativeMethods.ReadOnly);
        while (!folder.IsInvalid && NativeMethods.Lock(folder, NativeMethods.Exclusive) < 0 && Marshal.GetLastPInvokeError() == Interrupted)
        {
            // A signal interrupted the wait.
        }

        return folder;
    }
}
