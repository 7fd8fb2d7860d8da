using System.Collections.Concurrent;
using ImgApi.Infrastructure.FileSystem.Folders;
using ImgApi.Infrastructure.FileSystem.Layout;
using ImgApi.Infrastructure.FileSystem.Manifests;
using ImgApi.Infrastructure.FileSystem.StartIndex;
using ImgApi.Infrastructure.Posix;
using Microsoft.Extensions.Logging;

namespace ImgApi.Infrastructure.FileSystem.Start;

/// <summary>
/// Reads a data folder: recovery first, then the index, then in parallel all manifests that are not in the index. Broken folders are skipped.
/// </summary>
internal sealed class CatalogueLoader(
    DataFolder data, ImageMoves moves, FactsFile facts, ServerRules rules, IndexRules indexRules, ILogger<CatalogueLoader> logger)
{
    private readonly FolderRecovery _recovery = new(data, moves, logger);
    private readonly ConcurrentDictionary<Uuid, Image> _images = new();
    private readonly ConcurrentDictionary<Uuid, ManifestLeftovers> _leftovers = new();
    private readonly ConcurrentQueue<BrokenFolder> _broken = new();
    private readonly ConcurrentQueue<MissingContent> _missing = new();
    private IReadOnlyCollection<Image> _unchanged = [];
    private int _madePublic;

    /// <summary>Called once.</summary>
    /// <exception cref="DataFolderException">The folder cannot be read at all, or is not completely restored.</exception>
    public LoadedCatalogue Load()
    {
        DataFolder.EnsureRestored(data.Root);
        using var index = new CatalogueIndex(data.Root, indexRules, logger);
        try
        {
            LoadAll(index);
        }
        catch (Exception e) when (StorageFault.IsFault(e))
        {
            throw new DataFolderException($"the data folder {data.Root} cannot be read: {FileFault.Describe(e)}", e);
        }

        var broken = _broken.OrderBy(folder => folder.Folder, StringComparer.Ordinal).ToArray();
        var report = new CatalogueLoadReport(_unchanged.Count + _images.Count, broken, _recovery.Repaired, [.. _missing]);
        if (report.Broken.Count + report.Repaired.Count > 0)
        {
            var (images, folders, repairs) = (Count.Of(report.Loaded, "image"), Count.Of(report.Broken.Count, "folder"), Count.Of(report.Repaired.Count, "repair"));
            FileSystemLog.CatalogueLoaded(logger, images, folders, repairs);
        }

        if (_madePublic > 0)
        {
            FileSystemLog.MadePublic(logger, Count.Of(_madePublic, "image"));
        }

        var update = index.Update();
        FileSystemLog.LoadedFromIndex(logger, update.FromIndex, report.Loaded);
        return new LoadedCatalogue([.. _unchanged, .. _images.Values], _leftovers, report, update);
    }

    private void LoadAll(CatalogueIndex index)
    {
        var entries = FolderEntry.List(data.Root);
        _recovery.RecoverRoot(entries);
        _unchanged = [.. index.LoadUnchanged().Select(Normalized)];
        Parallel.ForEach(entries.Where(CanBeImage).ToArray(), entry => LoadFolder(entry.Name, index));
    }

    /// <summary>Hidden folders and lost+found belong to tools and file systems, so that skipping them needs no warning.</summary>
    private static bool CanBeImage(FolderEntry entry) => entry.IsFolder && !entry.Name.StartsWith('.') && entry.Name != "lost+found";

    private void LoadFolder(string name, CatalogueIndex index)
    {
        if (!Uuid.TryParseFolder(name, out var uuid))
        {
            Skip(name, "its name is not a uuid");
            return;
        }

        if (index.Has(uuid))
        {
            return;
        }

        try
        {
            var stamp = index.StampOf(uuid);
            var folder = new FolderListing(data.Image(uuid));
            if (folder.Has(FileNames.MovingManifest))
            {
                _recovery.RecoverMove(uuid);
                (folder, stamp) = (new FolderListing(folder.Path), null);
            }

            var image = LoadImage(uuid, folder, out var isPlain);
            if (stamp is { } unchanged && isPlain)
            {
                index.Enter(image, unchanged);
            }
        }
        catch (Exception e) when (e is BrokenManifestException or InvalidOperationException || StorageFault.IsFault(e))
        {
            Skip(name, BrokenManifestException.Reason(e));
        }
    }

    private Image LoadImage(Uuid uuid, FolderListing folder, out bool isPlain)
    {
        var isCleaned = _recovery.DeleteTemporaries(folder);
        var stored = ManifestReader.Read(uuid, ReadManifest(uuid, folder), folder, at => facts.PublishedAt(uuid, at));
        foreach (var warning in stored.Notes.Warnings)
        {
            FileSystemLog.ManifestWarning(logger, uuid.ToString(), warning);
        }

        isCleaned |= _recovery.DeleteStrayContent(folder, stored.Image, stored.Superseded);
        var missing = MissingContent.In(folder, stored.Image).ToArray();
        Array.ForEach(missing, _missing.Enqueue);
        _images[uuid] = Normalized(stored.Image);
        if (stored.Leftovers != ManifestLeftovers.None)
        {
            _leftovers[uuid] = stored.Leftovers;
        }

        isPlain = stored.IsPlain && missing.Length == 0 && !isCleaned && !folder.HasLinks;
        return stored.Image;
    }

    /// <summary>Adapts a stored image to the server's rules.</summary>
    private Image Normalized(Image stored)
    {
        var normalized = stored.NormalizedFor(rules);
        if (normalized.Details.Public && !stored.Details.Public)
        {
            Interlocked.Increment(ref _madePublic);
        }

        return normalized;
    }

    private static byte[] ReadManifest(Uuid uuid, FolderListing folder)
    {
        const string Missing = "it has no manifest.json";
        try
        {
            var manifest = MoveNote.ManifestIn(folder, uuid);
            return folder.Has(manifest) ? SmallFile.Read(folder.PathOf(manifest)) : throw new BrokenManifestException(Missing);
        }
        catch (FileNotFoundException)
        {
            throw new BrokenManifestException(Missing); // a dangling link
        }
    }

    private void Skip(string name, string reason)
    {
        FileSystemLog.FolderSkipped(logger, name, reason);
        _broken.Enqueue(new BrokenFolder(name, reason));
    }
}
