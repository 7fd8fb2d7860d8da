using ImgApi.Infrastructure.FileSystem.Layout;
using ImgApi.Infrastructure.Posix;
using Microsoft.Win32.SafeHandles;

namespace ImgApi.Infrastructure.FileSystem.Stores;

/// <summary>The free room of the data folder's file system. Content leaves <see cref="DiskSpaceRules.MinFree"/> of it to others.</summary>
internal sealed class DiskSpace(DataFolder data, DiskSpaceRules rules)
{
    private const int DefaultDivisor = 100;
    private const long MaxDefault = 1L << 30;

    private readonly Lock _gate = new();

    /// <summary>Refuses bytes that do not fit.</summary>
    /// <exception cref="ImgApiException"><c>InsufficientStorage</c>.</exception>
    public void Ensure(long bytes)
    {
        if (Free() is { } free && bytes > free)
        {
            throw StorageFault.Full();
        }
    }

    /// <summary>Takes room for a part of a file.</summary>
    /// <returns>Whether it was taken; not every file system can do that.</returns>
    /// <exception cref="ImgApiException"><c>InsufficientStorage</c>.</exception>
    /// <exception cref="IOException">The disk has failed.</exception>
    public bool TryReserve(SafeFileHandle file, long offset, long bytes)
    {
        // One after the other: two that look at the same time would both find the same room.
        lock (_gate)
        {
            Ensure(bytes);
            return DurableFile.TryAllocate(file, offset, bytes);
        }
    }

    /// <summary>Bytes that content may still take, below 0 if others have taken from what is left to them; null if nobody knows.</summary>
    private long? Free()
    {
        try
        {
            var drive = new DriveInfo(data.Root);
            // Some file systems, such as ramfs, say 0 for everything.
            return drive.TotalSize == 0 ? null : drive.AvailableFreeSpace - (rules.MinFree ?? Math.Min(drive.TotalSize / DefaultDivisor, MaxDefault));
        }
        catch (Exception e) when (e is ArgumentException or OverflowException || StorageFault.IsFault(e))
        {
            return null; // the write itself will tell
        }
    }
}

/// <summary>How much of the data folder's file system content may take.</summary>
public sealed record DiskSpaceRules
{
    /// <summary>Bytes that content leaves free; null for a hundredth of the file system, at most 1 GiB.</summary>
    public long? MinFree { get; init; }
}
