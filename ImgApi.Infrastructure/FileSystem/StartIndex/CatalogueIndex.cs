using System.Collections.Concurrent;
using ImgApi.Infrastructure.FileSystem.Layout;
using ImgApi.Infrastructure.Posix;
using Microsoft.Extensions.Logging;

namespace ImgApi.Infrastructure.FileSystem.StartIndex;

/// <summary>
/// Caches parsed manifests between starts. Entries whose file stamps changed are ignored, so a missing or stale index costs time, never
/// correctness.
/// </summary>
internal sealed class CatalogueIndex(string root, IndexRules rules, ILogger logger) : IDisposable
{
    private const long NanosecondsPerTick = 100;

    private readonly StampReader? _stamps = StampReader.Open(root);
    private readonly ConcurrentQueue<IndexEntry> _fresh = new();
    private IReadOnlyList<IndexEntry> _unchanged = [];
    private HashSet<Uuid> _uuids = [];
    private long? _limit;
    private int _stale;
    private bool _isDamaged;

    /// <summary>Loads the images whose folders have not changed since they were entered. The first call.</summary>
    public IEnumerable<Image> LoadUnchanged()
    {
        if (_stamps is null)
        {
            return [];
        }

        _limit = FolderClock.Now(root, _stamps) - (rules.MinAge.Ticks * NanosecondsPerTick);
        if (_stamps.OfFile(FileNames.Index) is not null)
        {
            Read(_stamps);
        }

        return _unchanged.Select(entry => entry.Image);
    }

    /// <summary>Whether the image was loaded from the index.</summary>
    public bool Has(Uuid uuid) => _uuids.Contains(uuid);

    /// <summary>The stamp of an image, to be taken before the image is read; null if it cannot be entered.</summary>
    public ImageStamp? StampOf(Uuid uuid) =>
        _limit is { } limit && _stamps?.OfImage(uuid) is { } stamp && stamp.IsFromBefore(limit) ? stamp : null;

    /// <summary>Enters an image that consists only of what its manifest says.</summary>
    public void Enter(Image image, ImageStamp stamp) => _fresh.Enqueue(new IndexEntry(stamp, image));

    /// <summary>The update of the index file, to be written after the start.</summary>
    public IndexUpdate Update() => new(root, [.. _unchanged, .. _fresh], _fresh.Count + _stale, _isDamaged, _unchanged.Count, logger);

    public void Dispose() => _stamps?.Dispose();

    private void Read(StampReader stamps)
    {
        try
        {
            using var file = IndexFileReader.Open(Path.Combine(root, FileNames.Index));
            _isDamaged = file is not null && !Read(file, stamps);
            if (_isDamaged)
            {
                FileSystemLog.IndexNotRead(logger, null);
            }
        }
        catch (Exception e) when (StorageFault.IsFault(e))
        {
            _isDamaged = true;
            FileSystemLog.IndexNotRead(logger, e);
        }
    }

    private bool Read(IndexFileReader file, StampReader stamps)
    {
        var chunks = new ConcurrentDictionary<int, List<IndexEntry>>();
        var damaged = 0;
        Parallel.ForEach(Partitioner.Create(file.Chunks(), EnumerablePartitionerOptions.NoBuffering), chunk =>
        {
            using (chunk)
            {
                if (chunk.Entries() is not { } entries)
                {
                    Interlocked.Increment(ref damaged);
                    return;
                }

                Interlocked.Add(ref _stale, entries.RemoveAll(entry => stamps.OfImage(entry.Image.Uuid) != entry.Stamp));
                chunks[chunk.Number] = entries;
            }
        });

        // The file has the order of lists, and sorted input is sorted faster.
        _unchanged = [.. chunks.OrderBy(chunk => chunk.Key).SelectMany(chunk => chunk.Value)];
        _uuids = [.. _unchanged.Select(entry => entry.Image.Uuid)];
        return damaged == 0 && !file.IsTruncated;
    }
}

/// <summary>Settings of the index.</summary>
internal sealed record IndexRules
{
    /// <summary>
    /// Minimum age of the last change of an entered image. It exceeds the resolution of every file system's clock, so that a change after the
    /// read gets another time.
    /// </summary>
    public TimeSpan MinAge { get; init; } = TimeSpan.FromSeconds(2);
}

/// <summary>An image as stored, and its stamp before it was read.</summary>
internal sealed record IndexEntry(ImageStamp Stamp, Image Image);
