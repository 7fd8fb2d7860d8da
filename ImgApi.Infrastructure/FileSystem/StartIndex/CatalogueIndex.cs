using System.Collections.Concurrent;
using ImgApi.Infrastructure.FileSystem.Layout;
using ImgApi.Infrastructure.Posix;
using Microsoft.Extensions.Logging;

namespace ImgApi.Infrastructure.FileSystem.StartIndex;

/// <summary>
/// What the last start has read, for this one, and what this one reads, for the next. Only a hint: of what has another stamp
/// than then it knows nothing, and without it a start takes longer and comes to the same.
/// </summary>
internal sealed class CatalogueIndex(string root, IndexRules rules, ILogger logger) : IDisposable
{
    private const long NanosecondsPerTick = 100;

    private readonly StampReader? _stamps = StampReader.Open(root);
    private readonly ConcurrentQueue<IndexEntry> _fresh = new();
    private IReadOnlyList<IndexEntry> _believed = [];
    private HashSet<Uuid> _uuids = [];
    private long? _limit;
    private int _stale;
    private bool _isDamaged;

    /// <summary>The images whose folders are as they were when they were entered, as they are stored. Call it before anything else.</summary>
    public IEnumerable<Image> Believe()
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

        return _believed.Select(entry => entry.Image);
    }

    /// <summary>Whether the image needs no reading.</summary>
    public bool Has(Uuid uuid) => _uuids.Contains(uuid);

    /// <summary>The stamp of an image's folder, to be taken before anything of it is read; null if it cannot be entered.</summary>
    public ImageStamp? StampOf(Uuid uuid) =>
        _limit is { } limit && _stamps?.OfImage(uuid) is { } stamp && stamp.IsFromBefore(limit) ? stamp : null;

    /// <summary>Notes an image that was read, and that is nothing but what its manifest says.</summary>
    public void Enter(Image image, ImageStamp stamp) => _fresh.Enqueue(new IndexEntry(stamp, image));

    /// <summary>What is to be written when there is time.</summary>
    public IndexUpdate Update() => new(root, [.. _believed, .. _fresh], _fresh.Count + _stale, _isDamaged, _believed.Count, logger);

    /// <inheritdoc/>
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

        // In the order of the file, which is that of lists: what is in order is sorted faster.
        _believed = [.. chunks.OrderBy(chunk => chunk.Key).SelectMany(chunk => chunk.Value)];
        _uuids = [.. _believed.Select(entry => entry.Image.Uuid)];
        return damaged == 0 && !file.IsCut;
    }
}
