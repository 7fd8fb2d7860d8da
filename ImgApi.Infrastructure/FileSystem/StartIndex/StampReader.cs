using System.Runtime.Versioning;
using System.Text;
using ImgApi.Infrastructure.Posix;

namespace ImgApi.Infrastructure.FileSystem.StartIndex;

/// <summary>Reads stamps in a data folder, following no links and into no other file system that is mounted there.</summary>
internal sealed class StampReader : IDisposable
{
    private const int NoFollow = 0x100;
    private const int ForceSync = 0x2000; // network file systems ask the server again
    private const int EmptyPath = 0x1000;
    private const uint Wanted = 0x01 | 0x02 | 0x40 | 0x80 | 0x100 | 0x200; // type, mode, mtime, ctime, inode, size
    private const int Folder = 0x4000;
    private const int File = 0x8000;
    private const int TypeMask = 0xf000;
    private const long NanosecondsPerSecond = 1_000_000_000;
    private const int UuidLength = 36;

    private readonly int _root;
    private ulong _device;

    private StampReader(int root) => _root = root;

    private static ReadOnlySpan<byte> ManifestPath => "/manifest.json\0"u8;

    /// <summary>Null where there is no way to read stamps.</summary>
    public static StampReader? Open(string root)
    {
        if (!OperatingSystem.IsLinux() || NativeMethods.Open(root, NativeMethods.ReadOnly) is not (>= 0 and var descriptor))
        {
            return null;
        }

        var stamps = new StampReader(descriptor);
        if (stamps.FindDevice())
        {
            return stamps;
        }

        stamps.Dispose();
        return null;
    }

    /// <summary>Null if there is no such folder with such a file, or if either is a link.</summary>
    public ImageStamp? OfImage(Uuid uuid)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        Span<byte> path = stackalloc byte[UuidLength + ManifestPath.Length];
        Encoding.ASCII.GetBytes(uuid.ToString(), path);
        path[UuidLength] = 0;
        if (Read(path, Folder) is not { } folder)
        {
            return null;
        }

        ManifestPath.CopyTo(path[UuidLength..]);
        return Read(path, File) is { } manifest ? new ImageStamp(folder, manifest) : null;
    }

    /// <summary>Of a file that lies in the data folder itself; null if there is none, or something else.</summary>
    public FileStamp? OfFile(string name) => OperatingSystem.IsLinux() ? Read(Encoding.UTF8.GetBytes(name + '\0'), File) : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = NativeMethods.Close(_root);
        }
    }

    [SupportedOSPlatform("linux")]
    private bool FindDevice()
    {
        try
        {
            var isFound = NativeMethods.Statx(_root, "\0"u8, EmptyPath, Wanted, out var root) == 0;
            _device = root.Device;
            return isFound;
        }
        catch (EntryPointNotFoundException)
        {
            return false; // a C library from before the call
        }
    }

    [SupportedOSPlatform("linux")]
    private FileStamp? Read(ReadOnlySpan<byte> path, int type) =>
        NativeMethods.Statx(_root, path, NoFollow | ForceSync, Wanted, out var found) == 0
        && (found.Given & Wanted) == Wanted && (found.Mode & TypeMask) == type && found.Device == _device
            ? new FileStamp(found.Inode, found.Size, Nanoseconds(found.Modified), Nanoseconds(found.Changed))
            : null;

    private static long Nanoseconds(StatxResult.Time time) => (time.Seconds * NanosecondsPerSecond) + time.Nanoseconds;
}
