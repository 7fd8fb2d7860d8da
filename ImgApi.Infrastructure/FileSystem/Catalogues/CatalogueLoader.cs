using System.Collections.Concurrent;
using System.Text.Json;
using ImgApi.Domain.Images;
using ImgApi.Infrastructure.FileSystem.Facts;
using ImgApi.Infrastructure.FileSystem.Manifests;
using Microsoft.Extensions.Logging;

namespace ImgApi.Infrastructure.FileSystem.Catalogues;

/// <summary>Reads a data folder: recovery first, then all manifests in parallel. What is broken never hides the rest.</summary>
internal sealed class CatalogueLoader(
    DataFolder data, ImageFolders folders, FactsFile facts, ServerRules rules, ILogger<CatalogueLoader> logger)
{
    private readonly RecoveryLog _recoveries = new(logger);
    private readonly ConcurrentDictionary<Uuid, Image> _images = new();
    private readonly ConcurrentDictionary<Uuid, ManifestLeftovers> _leftovers = new();
    private readonly ConcurrentQueue<BrokenFolder> _broken = new();
    private readonly ConcurrentQueue<LostContent> _lost = new();
    private readonly ConcurrentQueue<Uuid> _moving = new();

    /// <summary>Call it once.</summary>
    /// <exception cref="DataFolderException">The folder cannot be read at all.</exception>
    public LoadedCatalogue Load()
    {
        try
        {
            var recovery = new FolderRecovery(data, folders, _recoveries);
            var entries = FolderEntry.List(data.Root);
            recovery.RecoverRoot(entries);
            Parallel.ForEach(entries.Where(IsOfInterest).ToArray(), entry => LoadFolder(entry.Name, recovery, isSettled: false));
            foreach (var uuid in _moving)
            {
                LoadFolder(recovery.RecoverMove(uuid).ToString(), recovery, isSettled: true);
            }
        }
        catch (Exception e) when (StorageFault.IsFault(e))
        {
            throw new DataFolderException($"the data folder {data.Root} cannot be read: {e.Message}", e);
        }

        var broken = _broken.OrderBy(folder => folder.Folder, StringComparer.Ordinal).ToArray();
        var report = new CatalogueLoadReport(_images.Count, broken, _recoveries.Repaired, [.. _lost]);
        FileSystemLog.CatalogueLoaded(logger, report.Loaded, report.Broken.Count, report.Repaired.Count);
        return new LoadedCatalogue([.. _images.Values], _leftovers, report);
    }

    /// <summary>Folders of file systems and of tools are no images that someone could miss.</summary>
    private static bool IsOfInterest(FolderEntry entry) => entry.IsFolder && !entry.Name.StartsWith('.') && entry.Name != "lost+found";

    private void LoadFolder(string name, FolderRecovery recovery, bool isSettled)
    {
        if (!Uuid.TryParse(name, out var uuid))
        {
            Skip(name, "its name is not a uuid");
            return;
        }

        try
        {
            var folder = new FolderListing(data.Image(uuid));
            if (!isSettled && folder.Has(FileNames.MovingManifest))
            {
                _moving.Enqueue(uuid); // until all others are known to be where they are
                return;
            }

            LoadImage(uuid, folder, recovery);
        }
        catch (Exception e) when (e is BrokenManifestException or JsonException or InvalidOperationException || StorageFault.IsFault(e))
        {
            Skip(name, e is BrokenManifestException ? e.Message : $"its manifest.json cannot be read: {e.Message}");
        }
    }

    private void LoadImage(Uuid uuid, FolderListing folder, FolderRecovery recovery)
    {
        recovery.DeleteTemporaries(folder);
        var stored = ManifestReader.Read(uuid, ReadManifest(folder), folder, at => facts.PublishedAt(uuid, at));
        foreach (var oddity in stored.Oddities)
        {
            FileSystemLog.Oddity(logger, uuid.ToString(), oddity);
        }

        recovery.DeleteStrayContent(folder, stored.Image, stored.Superseded);
        NoteLost(folder, stored.Image);
        _images[uuid] = stored.Image.Under(rules);
        if (stored.Leftovers != ManifestLeftovers.None)
        {
            _leftovers[uuid] = stored.Leftovers;
        }
    }

    private static byte[] ReadManifest(FolderListing folder)
    {
        const string Missing = "it has no manifest.json";
        try
        {
            return folder.Has(FileNames.Manifest) ? SmallFile.Read(folder.PathOf(FileNames.Manifest)) : throw new BrokenManifestException(Missing);
        }
        catch (FileNotFoundException)
        {
            throw new BrokenManifestException(Missing); // a link that leads nowhere
        }
    }

    private void NoteLost(FolderListing folder, Image image)
    {
        if (image.File?.Content is { } file && folder.Find(file.Value) is null)
        {
            _lost.Enqueue(new LostContent(image.Uuid, file, ContentKind.File));
        }

        if (image.Icon is { Content: var icon } && folder.Find(icon.Value) is null)
        {
            _lost.Enqueue(new LostContent(image.Uuid, icon, ContentKind.Icon));
        }
    }

    private void Skip(string name, string reason)
    {
        FileSystemLog.FolderSkipped(logger, name, reason);
        _broken.Enqueue(new BrokenFolder(name, reason));
    }
}
