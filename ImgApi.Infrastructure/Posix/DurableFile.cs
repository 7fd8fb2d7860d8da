using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ImgApi.Infrastructure.Posix;

/// <summary>The steps of durable changes. Files and folders that they create are readable by the server's user only.</summary>
public static class DurableFile
{
    private const int NoEntry = 2;
    private const int Interrupted = 4;
    private const int InvalidArgument = 22;

    /// <summary>EPERM, EXDEV, EMLINK of all systems; ENOSYS and EOPNOTSUPP of Linux; ENOTSUP of illumos and of macOS.</summary>
    private static readonly int[] CannotLink = [1, 18, 31, 38, 95, 48, 45];

    /// <summary>EINVAL, ENOSYS and EOPNOTSUPP of Linux.</summary>
    private static readonly int[] CannotAllocate = [InvalidArgument, 38, 95];

    private const UnixFileMode FileMode600 = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode FolderMode700 = FileMode600 | UnixFileMode.UserExecute;

    /// <summary>Creates a file, for unbuffered writes.</summary>
    internal static FileStream Create(string path) => Open(path, FileMode.CreateNew, FileShare.Read);

    /// <summary>Opens a file for unbuffered writes.</summary>
    internal static FileStream Open(string path, FileMode mode, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = share, BufferSize = 0 };
        if (!OperatingSystem.IsWindows() && mode != FileMode.Open)
        {
            options.UnixCreateMode = FileMode600;
        }

        return new FileStream(path, options);
    }

    /// <summary>Creates a folder, and those above it that are missing.</summary>
    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, FolderMode700);
        }
    }

    /// <summary>Writes a new file and flushes it, but not its folder.</summary>
    public static void WriteNew(string path, ReadOnlySpan<byte> bytes)
    {
        using var file = Create(path);
        RandomAccess.Write(file.SafeFileHandle, bytes, 0);
        FlushFile(file.SafeFileHandle);
    }

    /// <summary>Allocates disk space for a part of a file.</summary>
    /// <param name="keepsSize">Whether the file keeps its size; otherwise it grows to the end of that part.</param>
    /// <returns>False if the system or the file system does not support it.</returns>
    /// <exception cref="IOException">The disk is full or has failed.</exception>
    internal static bool TryAllocate(SafeFileHandle file, long offset, long bytes, bool keepsSize = false)
    {
        // In a 32-bit process, fallocate takes 32-bit numbers.
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess)
        {
            return false;
        }

        while (NativeMethods.Allocate(file, keepsSize ? NativeMethods.KeepSize : 0, offset, bytes) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            if (CannotAllocate.Contains(error))
            {
                return false;
            }

            if (error != Interrupted)
            {
                throw Failure("make room in a file");
            }
        }

        return true;
    }

    /// <summary>Creates or replaces a file by a flushed one, but does not flush the folder.</summary>
    internal static void Replace(string folder, string name, byte[] bytes) => Replace(folder, name, file =>
    {
        RandomAccess.Write(file.SafeFileHandle, bytes, 0);
        FlushFile(file.SafeFileHandle);
    });

    /// <summary>Creates or replaces a file. If the write fails, the old file stays.</summary>
    internal static void Replace(string folder, string name, Action<FileStream> write)
    {
        var temporary = Path.Combine(folder, TemporaryName.Create());
        try
        {
            using (var file = Create(temporary))
            {
                write(file);
            }

            Rename(temporary, Path.Combine(folder, name));
        }
        catch
        {
            TryDelete(temporary);
            throw;
        }
    }

    /// <summary>Gives a file a second name, but does not flush the folder.</summary>
    /// <returns>False if hard links are not supported here, such as between two file systems.</returns>
    internal static bool TryLink(string file, string name)
    {
        if (OperatingSystem.IsWindows())
        {
            return false;
        }

        if (NativeMethods.Link(file, name) == 0)
        {
            return true;
        }

        return CannotLink.Contains(Marshal.GetLastPInvokeError()) ? false : throw Failure("link a file");
    }

    /// <summary>A single rename(2): with <c>overwrite</c>, .NET neither links nor copies.</summary>
    internal static void Rename(string from, string to) => File.Move(from, to, overwrite: true);

    /// <summary>Makes the bytes of a file durable. .NET's own method hides the errors of the disk.</summary>
    internal static void FlushFile(SafeFileHandle file)
    {
        if (OperatingSystem.IsWindows())
        {
            RandomAccess.FlushToDisk(file);
        }
        else
        {
            Flush(file, "file");
        }
    }

    /// <summary>Makes the bytes and the size of a file durable, but not its times: for a file that gets many small additions.</summary>
    internal static void FlushData(SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux())
        {
            FlushFile(file);
        }
        else if (NativeMethods.FlushData(file) != 0 && Marshal.GetLastPInvokeError() != InvalidArgument)
        {
            throw Failure("flush a file");
        }
    }

    /// <summary>Makes the names in a folder durable.</summary>
    public static void FlushFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return; // NTFS journals names
        }

        using var folder = NativeMethods.Open(path, NativeMethods.ReadOnly);
        if (folder.IsInvalid)
        {
            throw Failure("open a folder");
        }

        Flush(folder, "folder");
    }

    /// <summary>Deletes a file that may be missing. For clean-ups after another failure, which is the one to report.</summary>
    internal static bool TryDelete(string path)
    {
        try
        {
            File.Delete(path);
            return true;
        }
        catch (Exception e) when (StorageFault.IsFault(e))
        {
            return false;
        }
    }

    /// <summary>Ignores EINVAL, which is how fsync(2) reports a file system that cannot flush.</summary>
    private static void Flush(SafeFileHandle handle, string noun)
    {
        if (NativeMethods.Flush(handle) != 0 && Marshal.GetLastPInvokeError() != InvalidArgument)
        {
            throw Failure($"flush a {noun}");
        }
    }

    private static IOException Failure(string action)
    {
        var error = Marshal.GetLastPInvokeError();
        var message = $"cannot {action}: {Marshal.GetPInvokeErrorMessage(error)}";
        // Like .NET's own methods: a folder that was moved or deleted meanwhile is not a fault of the disk.
        return error == NoEntry ? new DirectoryNotFoundException(message) : new IOException(message, error);
    }
}
