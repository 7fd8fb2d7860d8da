using ImgApi.Infrastructure.Catalogue;
using ImgApi.Infrastructure.FileSystem.Layout;
using Microsoft.Extensions.Logging;

namespace ImgApi.Infrastructure.FileSystem.StartIndex;

/// <summary>The index as the next start should find it.</summary>
/// <param name="changes">Number of entries that are missing or stale in the index file.</param>
/// <param name="isDamaged">Whether the index file has to be replaced in any case.</param>
internal sealed class IndexUpdate(
    string root, IReadOnlyCollection<IndexEntry> entries, int changes, bool isDamaged, int fromIndex, ILogger logger)
{
    // The index is written if at least one of this many entries changed: rewriting all of them costs as much as reading one image in a hundred.
    private const long EntriesPerChange = 100;

    private IReadOnlyCollection<IndexEntry>? _entries = isDamaged || (changes > 0 && changes * EntriesPerChange >= entries.Count) ? entries : null;

    /// <summary>Number of images that came from the index.</summary>
    public int FromIndex => fromIndex;

    /// <summary>Writes the index once, if enough entries changed. Failures are logged; the next start is merely slower.</summary>
    public void Write(CancellationToken cancellation)
    {
        if (Interlocked.Exchange(ref _entries, null) is not { } changed)
        {
            return;
        }

        try
        {
            IndexFile.Write(root, changed.OrderBy(entry => entry.Image, PublicationOrder.Instance), cancellation);
        }
        catch (OperationCanceledException)
        {
            // The server stops; the next start has to read more.
        }
        catch (Exception e)
        {
            FileSystemLog.IndexNotWritten(logger, e);
        }
    }
}
