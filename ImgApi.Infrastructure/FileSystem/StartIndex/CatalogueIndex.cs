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

        _limit = Now(_stamps) - ((long)rules.MinAge.TotalMicroseconds * 1000);
        if (_stamps.OfFile(FileNames.Index) is not null)
        {
            Load(_stamps);
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

    /// <summary>
    /// The clock of the file system, which may be that of another machine, in nanoseconds since 1970; null if the folder is not writable.
    /// </summary>
    private long? Now(StampReader stamps)
    {
        var name = TemporaryName.Create();
        var path = Path.Combine(root, name);
        try
        {
            DurableFile.Create(path).Dispose();
            return stamps.OfFile(name)?.ModifiedAt;
        }
        catch (Exception e) when (StorageFault.IsFault(e))
        {
            return null;
        }
        finally
        {
            DurableFile.TryDelete(path);
        }
    }

    private void Load(StampReader stamps)
    {
        Exception? fault = null;
        try
        {
            var chunks = IndexFile.Chunks(Path.Combine(root, FileNames.Index));
            var loaded = new List<IndexEntry>?[chunks.Count];
            Parallel.For(0, chunks.Count, i =>
            {
                loaded[i] = IndexFile.Entries(chunks[i]);
                Interlocked.Add(ref _stale, loaded[i]?.RemoveAll(entry => stamps.OfImage(entry.Image.Uuid) != entry.Stamp) ?? 0);
            });

            // The file has the order of lists, and sorted input is sorted faster.
            _unchanged = [.. loaded.SelectMany(entries => entries ?? [])];
            _uuids = [.. _unchanged.Select(entry => entry.Image.Uuid)];
            _isDamaged = loaded.Contains(null);
        }
        catch (Exception e) when (StorageFault.IsFault(e))
        {
            (fault, _isDamaged) = (e, true);
        }

        if (_isDamaged)
        {
            FileSystemLog.IndexNotRead(logger, fault);
        }
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
