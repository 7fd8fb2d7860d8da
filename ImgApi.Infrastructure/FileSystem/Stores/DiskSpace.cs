using ImgApi.Domain.Integrity;
using ImgApi.Infrastructure.FileSystem.Layout;
using ImgApi.Infrastructure.Posix;
using Microsoft.Win32.SafeHandles;

namespace ImgApi.Infrastructure.FileSystem.Stores;

/// <summary>The free disk space for content, which leaves <see cref="DiskSpaceRules.MinFree"/> free.</summary>
internal sealed class DiskSpace(DataFolder data, DiskSpaceRules rules)
{
    private const int DefaultDivisor = 100;
    private const long MaxDefault = 1L << 30;

    private readonly Lock _gate = new();

    /// <summary>Refuses content that does not fit.</summary>
    /// <exception cref="ImgApiException"><c>InsufficientStorage</c>.</exception>
    public void Ensure(long bytes)
    {
        if (Read() is { } space && bytes > space.Free - space.Reserved)
        {
            throw StorageFault.Full();
        }
    }

    /// <summary>Allocates disk space for a part of a file.</summary>
    /// <returns>False if the file system does not support it.</returns>
    /// <exception cref="ImgApiException"><c>InsufficientStorage</c>.</exception>
    /// <exception cref="IOException">The disk has failed.</exception>
    public bool TryReserve(SafeFileHandle file, long offset, long bytes)
    {
        // One at a time: two concurrent callers would both find the same free space.
        lock (_gate)
        {
            Ensure(bytes);
            return DurableFile.TryAllocate(file, offset, bytes);
        }
    }

    /// <summary>The present space; null if unknown.</summary>
    public StorageSpace? Read()
    {
        try
        {
            var drive = new DriveInfo(data.Root);
            // Some file systems, such as ramfs, report 0 for everything.
            return drive.TotalSize is > 0 and var total
                ? new StorageSpace(drive.AvailableFreeSpace, total, rules.MinFree ?? Math.Min(total / DefaultDivisor, MaxDefault))
                : null;
        }
        catch (Exception e) when (e is ArgumentException or OverflowException || StorageFault.IsFault(e))
        {
            return null; // a full disk will fail the write itself
        }
    }
}

/// <summary>Limits of the disk space for content.</summary>
public sealed record DiskSpaceRules
{
    /// <summary>Bytes that content leaves free; null for 1 % of the file system, at most 1 GiB.</summary>
    public long? MinFree { get; init; }
}
