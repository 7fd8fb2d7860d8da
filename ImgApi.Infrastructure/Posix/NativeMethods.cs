using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]

namespace ImgApi.Infrastructure.Posix;

/// <summary>The POSIX and Linux functions that .NET does not offer for folders, or whose errors it hides.</summary>
internal static partial class NativeMethods
{
    public const int ReadOnly = 0;
    public const int Exclusive = 2;

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial SafeFileHandle Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "read")]
    public static partial nint Read(SafeFileHandle file, Span<byte> buffer, nint length);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    public static partial int Flush(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    public static partial int FlushData(SafeFileHandle file);

    /// <summary>Creates a hard link.</summary>
    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Link(string file, string name);

    /// <summary>The mode in which <see cref="Allocate"/> does not make the file longer.</summary>
    public const int KeepSize = 1;

    /// <summary>Linux only. Offset and length have 64 bits in a 64-bit process.</summary>
    [LibraryImport("libc", EntryPoint = "fallocate", SetLastError = true)]
    public static partial int Allocate(SafeFileHandle file, int mode, long offset, long length);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    public static partial int Lock(SafeFileHandle folder, int operation);

    [LibraryImport("libc", EntryPoint = "chown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ChangeOwner(string path, uint user, uint group);

    /// <summary>Linux only. The path is relative to the folder.</summary>
    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Statx(SafeFileHandle folder, string path, int flags, uint wanted, out StatxResult result);
}
