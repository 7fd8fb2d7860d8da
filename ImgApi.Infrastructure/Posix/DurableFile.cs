using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ImgApi.Infrastructure.Posix;

/// <summary>The steps that durable changes are made of. Nobody but the server's user can read what they make.</summary>
public static class DurableFile
{
    private const int NoEntry = 2;
    private const int Interrupted = 4;
    private const int InvalidArgument = 22;

    /// <summary>EINVAL, ENOSYS and EOPNOTSUPP of Linux.</summary>
    private static readonly int[] CannotAllocate = [InvalidArgument, 38, 95];

    private const UnixFileMode FileMode600 = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode FolderMode700 = FileMode600 | UnixFileMode.UserExecute;

    /// <summary>Sets the mode of a file that is going to be made.</summary>
    internal static FileStreamOptions Private(FileStreamOptions options)
    {
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = FileMode600;
        }

        return options;
    }

    /// <summary>Creates a folder and those above it.</summary>
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

    /// <summary>Writes a new file and flushes it. The folder is left to the caller.</summary>
    public static void WriteNew(string path, ReadOnlySpan<byte> bytes)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        using var file = new FileStream(path, Private(options));
        RandomAccess.Write(file.SafeFileHandle, bytes, 0);
        FlushFile(file.SafeFileHandle);
    }

    /// <summary>Gives a part of a file its room on the disk. The file grows by it.</summary>
    /// <returns>Whether it was done: not every system and file system can.</returns>
    /// <exception cref="IOException">There is no room, or the disk has failed.</exception>
    internal static bool TryAllocate(SafeFileHandle file, long offset, long bytes)
    {
        // Where a process has 32 bits, the call takes other numbers.
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess)
        {
            return false;
        }

        while (NativeMethods.Allocate(file, 0, offset, bytes) != 0)
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

    /// <summary>Puts a file, complete and flushed, in place of one that may exist. The folder is left to the caller.</summary>
    internal static void Replace(string folder, string name, ReadOnlySpan<byte> bytes)
    {
        var temporary = Path.Combine(folder, TemporaryName.Create());
        try
        {
            WriteNew(temporary, bytes);
            Rename(temporary, Path.Combine(folder, name));
        }
        catch
        {
            TryDelete(temporary);
            throw;
        }
    }

    /// <summary>One rename(2): with "overwrite" .NET neither links nor copies.</summary>
    internal static void Rename(string from, string to) => File.Move(from, to, overwrite: true);

    /// <summary>Makes the bytes of a file durable. .NET's own call returns as if all were well when the disk reports an error.</summary>
    internal static void FlushFile(SafeFileHandle file)
    {
        if (OperatingSystem.IsWindows())
        {
            RandomAccess.FlushToDisk(file);
        }
        else if (FlushFailure(NativeMethods.Flush(file), "file") is { } failure)
        {
            throw failure;
        }
    }

    /// <summary>Makes the names in a folder durable.</summary>
    public static void FlushFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return; // NTFS journals names by itself
        }

        var descriptor = NativeMethods.Open(path, NativeMethods.ReadOnly);
        if (descriptor < 0)
        {
            throw Failure("open a folder");
        }

        var failure = FlushFailure(NativeMethods.Flush(descriptor), "folder");
        _ = NativeMethods.Close(descriptor);
        if (failure is not null)
        {
            throw failure;
        }
    }

    /// <summary>Deletes a file that may be missing, in a clean-up that has something better to report than its own failure.</summary>
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

    /// <summary>What fsync(2) complained about; there are file systems that cannot flush, and say that the argument is invalid.</summary>
    private static IOException? FlushFailure(int result, string noun) =>
        result == 0 || Marshal.GetLastPInvokeError() == InvalidArgument ? null : Failure($"flush a {noun}");

    private static IOException Failure(string action)
    {
        var error = Marshal.GetLastPInvokeError();
        var message = $"cannot {action}: {Marshal.GetPInvokeErrorMessage(error)}";
        // As .NET's own calls have it; a folder that was moved or deleted meanwhile is not a fault of the disk.
        return error == NoEntry ? new DirectoryNotFoundException(message) : new IOException(message, error);
    }
}
