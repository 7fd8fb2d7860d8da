using ImgApi.Infrastructure.FileSystem.Layout;
using ImgApi.Infrastructure.Posix;
using Microsoft.Win32.SafeHandles;

namespace ImgApi.Infrastructure.FileSystem.StartIndex;

/// <summary>Reads stamps in a data folder, without following links or entering other file systems.</summary>
internal sealed class StampReader(SafeFileHandle root, ulong device) : IDisposable
{
    private const int NoFollow = 0x100;
    private const int ForceSync = 0x2000; // makes network file systems ask their server
    private const int EmptyPath = 0x1000;
    private const uint Wanted = 0x01 | 0x02 | 0x40 | 0x80 | 0x100 | 0x200; // type, mode, mtime, ctime, inode, size
    private const int Folder = 0x4000;
    private const int File = 0x8000;
    private const int TypeMask = 0xf000;
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>Null if the system cannot read stamps.</summary>
    public static StampReader? Open(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        var folder = NativeMethods.Open(path, NativeMethods.ReadOnly);
        try
        {
            if (!folder.IsInvalid && NativeMethods.Statx(folder, "", EmptyPath, Wanted, out var found) == 0)
            {
                return new StampReader(folder, found.Device);
            }
        }
        catch (EntryPointNotFoundException)
        {
            // An old C library.
        }

        folder.Dispose();
        return null;
    }

    /// <summary>The stamp of an image; null if its folder or manifest is missing or a link.</summary>
    public ImageStamp? OfImage(Uuid uuid) =>
        Read($"{uuid}", Folder) is { } folder && Read($"{uuid}/{FileNames.Manifest}", File) is { } manifest ? new ImageStamp(folder, manifest) : null;

    /// <summary>The stamp of a file in the data folder itself; null if there is no such file.</summary>
    public FileStamp? OfFile(string name) => Read(name, File);

    public void Dispose() => root.Dispose();

    private FileStamp? Read(string path, int type) =>
        NativeMethods.Statx(root, path, NoFollow | ForceSync, Wanted, out var found) == 0
        && (found.Given & Wanted) == Wanted && (found.Mode & TypeMask) == type && found.Device == device
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
