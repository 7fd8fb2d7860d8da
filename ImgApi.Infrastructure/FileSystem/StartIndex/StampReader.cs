using System.Runtime.Versioning;
using System.Text;
using ImgApi.Infrastructure.Posix;

namespace ImgApi.Infrastructure.FileSystem.StartIndex;

/// <summary>Reads stamps in a data folder, without following links or entering other file systems.</summary>
internal sealed class StampReader : IDisposable
{
    private const int NoFollow = 0x100;
    private const int ForceSync = 0x2000; // makes network file systems ask their server
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

    /// <summary>Null if the system cannot read stamps.</summary>
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

    /// <summary>The stamp of an image; null if its folder or manifest is missing or a link.</summary>
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

    /// <summary>The stamp of a file in the data folder itself; null if there is no such file.</summary>
    public FileStamp? OfFile(string name) => OperatingSystem.IsLinux() ? Read(Encoding.UTF8.GetBytes(name + '\0'), File) : null;

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
            return false; // an old C library
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

/// <summary>
/// Shows whether an image's folder has changed. The folder's stamp detects names that are added, removed or replaced; the manifest's stamp
/// detects edits in place.
/// </summary>
internal readonly record struct ImageStamp(FileStamp Folder, FileStamp Manifest)
{
    /// <summary>Whether neither has changed since then.</summary>
    public bool IsFromBefore(long instant) => Folder.IsFromBefore(instant) && Manifest.IsFromBefore(instant);
}
