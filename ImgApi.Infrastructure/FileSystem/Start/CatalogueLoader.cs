using System.Collections.Concurrent;
using ImgApi.Infrastructure.FileSystem.Folders;
using ImgApi.Infrastructure.FileSystem.Layout;
using ImgApi.Infrastructure.FileSystem.Manifests;
using ImgApi.Infrastructure.FileSystem.StartIndex;
using ImgApi.Infrastructure.Posix;
using Microsoft.Extensions.Logging;

namespace ImgApi.Infrastructure.FileSystem.Start;

/// <summary>
/// Reads a data folder: recovery first, then the index, then in parallel all manifests that it does not give. What is broken never
/// hides the rest.
/// </summary>
internal sealed class CatalogueLoader(
    DataFolder data, ImageMoves moves, FactsFile facts, ServerRules rules, IndexRules indexRules, ILogger<CatalogueLoader> logger)
{
    private readonly RecoveryLog _recoveries = new(logger);
    private readonly ConcurrentDictionary<Uuid, Image> _images = new();
    private readonly ConcurrentDictionary<Uuid, ManifestLeftovers> _leftovers = new();
    private readonly ConcurrentQueue<BrokenFolder> _broken = new();
    private readonly LostContents _lost = new();
    private IReadOnlyCollection<Image> _believed = [];
    private int _madePublic;

    /// <summary>Call it once.</summary>
    /// <exception cref="DataFolderException">The folder cannot be read at all.</exception>
    public LoadedCatalogue Load()
    {
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
        var report = new CatalogueLoadReport(_believed.Count + _images.Count, broken, _recoveries.Repaired, _lost.All);
        if (report.Broken.Count + report.Repaired.Count > 0)
        {
            FileSystemLog.CatalogueLoaded(
                logger, Count.Of(report.Loaded, "image"), Count.Of(report.Broken.Count, "folder"), Count.Of(report.Repaired.Count, "repair"));
        }

        if (_madePublic > 0)
        {
            FileSystemLog.MadePublic(logger, Count.Of(_madePublic, "image"));
        }

        var update = index.Update();
        FileSystemLog.CatalogueBelieved(logger, update.Believed, report.Loaded);
        return new LoadedCatalogue([.. _believed, .. _images.Values], _leftovers, report, update);
    }

    private void LoadAll(CatalogueIndex index)
    {
        var recovery = new FolderRecovery(data, moves, _recoveries);
        var entries = FolderEntry.List(data.Root);
        recovery.RecoverRoot(entries);
        _believed = [.. index.Believe().Select(Shown)];
        Parallel.ForEach(entries.Where(IsOfInterest).ToArray(), entry => LoadFolder(entry.Name, recovery, index));
    }

    /// <summary>Folders of file systems and of tools are no images that someone could miss.</summary>
    private static bool IsOfInterest(FolderEntry entry) => entry.IsFolder && !entry.Name.StartsWith('.') && entry.Name != "lost+found";

    /// <param name="name">The folder's name.</param>
    /// <param name="recovery">For what a crash left in it.</param>
    /// <param name="index">Where the image may be, or is to be entered.</param>
    private void LoadFolder(string name, FolderRecovery recovery, CatalogueIndex index)
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
                recovery.RecoverMove(uuid);
                (folder, stamp) = (new FolderListing(folder.Path), null);
            }

            var image = LoadImage(uuid, folder, recovery, out var isPlain);
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

    /// <returns>The image as it is stored.</returns>
    private Image LoadImage(Uuid uuid, FolderListing folder, FolderRecovery recovery, out bool isPlain)
    {
        var isCleaned = recovery.DeleteTemporaries(folder);
        var stored = ManifestReader.Read(uuid, ReadManifest(uuid, folder), folder, at => facts.PublishedAt(uuid, at));
        foreach (var oddity in stored.Notes.Oddities)
        {
            FileSystemLog.Oddity(logger, uuid.ToString(), oddity);
        }

        isCleaned |= recovery.DeleteStrayContent(folder, stored.Image, stored.Superseded);
        var isWhole = !_lost.Note(folder, stored.Image);
        _images[uuid] = Shown(stored.Image);
        if (stored.Leftovers != ManifestLeftovers.None)
        {
            _leftovers[uuid] = stored.Leftovers;
        }

        isPlain = stored.IsPlain && isWhole && !isCleaned && !folder.HasLinks;
        return stored.Image;
    }

    /// <summary>A stored image as the server shows it.</summary>
    private Image Shown(Image stored)
    {
        var shown = stored.Under(rules);
        if (shown.Details.Public && !stored.Details.Public)
        {
            Interlocked.Increment(ref _madePublic);
        }

        return shown;
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
            throw new BrokenManifestException(Missing); // a link that leads nowhere
        }
    }

    private void Skip(string name, string reason)
    {
        FileSystemLog.FolderSkipped(logger, name, reason);
        _broken.Enqueue(new BrokenFolder(name, reason));
    }
}
