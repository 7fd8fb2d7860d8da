using ImgApi.Infrastructure.Catalogue;
using ImgApi.Infrastructure.FileSystem.Layout;
using Microsoft.Extensions.Logging;

namespace ImgApi.Infrastructure.FileSystem.StartIndex;

/// <summary>The index as the next start should find it.</summary>
internal sealed class IndexUpdate
{
    /// <summary>Of how many entries one must be another: rewriting them all costs as much as reading one image in hundred.</summary>
    private const long Worth = 100;

    private readonly string _root;
    private readonly ILogger _logger;
    private IReadOnlyCollection<IndexEntry>? _entries;

    /// <param name="root">The data folder.</param>
    /// <param name="entries">All entries.</param>
    /// <param name="changes">How many of them the index on the disk lacks, and how many others it has.</param>
    /// <param name="isDamaged">Whether the index on the disk is to be replaced in any case.</param>
    /// <param name="believed">How many images this start did not have to read.</param>
    /// <param name="logger">Where failures are told.</param>
    public IndexUpdate(string root, IReadOnlyCollection<IndexEntry> entries, int changes, bool isDamaged, int believed, ILogger logger)
    {
        _root = root;
        _logger = logger;
        Believed = believed;
        _entries = isDamaged || (changes > 0 && changes * Worth >= entries.Count) ? entries : null;
    }

    /// <summary>How many images this start did not have to read.</summary>
    public int Believed { get; }

    /// <summary>Writes it, once, if that is worth it. What cannot be written is not there, which stops nothing.</summary>
    public void Write(CancellationToken cancellation)
    {
        if (Interlocked.Exchange(ref _entries, null) is not { } entries)
        {
            return;
        }

        try
        {
            IndexFileWriter.Write(_root, entries.OrderBy(entry => entry.Image, PublicationOrder.Instance), cancellation);
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
