using ImgApi.Infrastructure.Catalogue;
using ImgApi.Infrastructure.FileSystem.Layout;
using Microsoft.Extensions.Logging;

namespace ImgApi.Infrastructure.FileSystem.StartIndex;

/// <summary>The index as the next start should find it.</summary>
internal sealed class IndexUpdate
{
    /// <summary>The index is written if at least one of this many entries changed: rewriting all of them costs as much as reading one image in a hundred.</summary>
    private const long EntriesPerChange = 100;

    private readonly string _root;
    private readonly ILogger _logger;
    private IReadOnlyCollection<IndexEntry>? _entries;

    /// <param name="entries">All entries.</param>
    /// <param name="changes">Number of entries that are missing or stale in the index file.</param>
    /// <param name="isDamaged">Whether the index file has to be replaced in any case.</param>
    /// <param name="fromIndex">Number of images that came from the index.</param>
    public IndexUpdate(string root, IReadOnlyCollection<IndexEntry> entries, int changes, bool isDamaged, int fromIndex, ILogger logger)
    {
        _root = root;
        _logger = logger;
        FromIndex = fromIndex;
        _entries = isDamaged || (changes > 0 && changes * EntriesPerChange >= entries.Count) ? entries : null;
    }

    /// <summary>Number of images that came from the index.</summary>
    public int FromIndex { get; }

    /// <summary>Writes the index once, if enough entries changed. Failures are logged; the next start is merely slower.</summary>
    public void Write(CancellationToken cancellation)
    {
        if (Interlocked.Exchange(ref _entries, null) is not { } entries)
        {
            return;
        }

        try
        {
            IndexFile.Write(_root, entries.OrderBy(entry => entry.Image, PublicationOrder.Instance), cancellation);
        }
        catch (OperationCanceledException)
        {
            // The server stops; the next start has to read more.
        }
        catch (Exception e)
        {
            FileSystemLog.IndexNotWritten(_logger, e);
        }
    }
}
