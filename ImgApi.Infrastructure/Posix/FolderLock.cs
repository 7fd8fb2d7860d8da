using System.Runtime.InteropServices;

namespace ImgApi.Infrastructure.Posix;

/// <summary>
/// A lock on a folder, between the server and tools that work on it beside the server; held for moments. Where it cannot be had
/// (a file system without locks, Windows), the work goes on without it. The server's ownership of its folder is another thing.
/// </summary>
internal sealed class FolderLock : IDisposable
{
    private const int Interrupted = 4;

    private int _descriptor = -1;

    private FolderLock()
    {
    }

    /// <summary>Waits until nobody else holds it.</summary>
    public static FolderLock Acquire(string path)
    {
        var held = new FolderLock();
        if (!OperatingSystem.IsWindows())
        {
            held._descriptor = NativeMethods.Open(path, NativeMethods.ReadOnly);
            while (held._descriptor >= 0
                && NativeMethods.Lock(held._descriptor, NativeMethods.Exclusive) < 0 && Marshal.GetLastPInvokeError() == Interrupted)
            {
                // A signal came; the lock has still to be waited for.
            }
        }

        return held;
    }

    public void Dispose()
    {
        if (!OperatingSystem.IsWindows() && _descriptor >= 0)
        {
            _ = NativeMethods.Close(_descriptor);
            _descriptor = -1;
        }
    }
}
