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

    /// <summary>Call it once.</summary>
    /// <exception cref="DataFolderException">The folder cannot be read at all.</exception>
    public LoadedCatalogue Load()
    {
        try
        {
            var recovery = new FolderRecovery(data, folders, _recoveries);
            recovery.RecoverRoot();
            var names = Directory.GetDirectories(data.Root).Select(path => Path.GetFileName(path)!).Where(IsOfInterest);
            Parallel.ForEach(names, name => LoadFolder(name, recovery));
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
    private static bool IsOfInterest(string name) => !name.StartsWith('.') && name != "lost+found";

    private void LoadFolder(string name, FolderRecovery recovery)
    {
        if (!Uuid.TryParse(name, out var uuid))
        {
            Skip(name, "its name is not a uuid");
            return;
        }

        try
        {
            LoadImage(uuid, recovery);
        }
        catch (Exception e) when (e is BrokenManifestException or JsonException or InvalidOperationException || StorageFault.IsFault(e))
        {
            Skip(name, e is BrokenManifestException ? e.Message : $"its manifest.json cannot be read: {e.Message}");
        }
    }

    private void LoadImage(Uuid uuid, FolderRecovery recovery)
    {
        var folder = new FolderListing(data.Image(uuid));
        recovery.DeleteTemporaries(folder);
        if (folder.Find(FileNames.Manifest) is not { } manifest)
        {
            throw new BrokenManifestException("it has no manifest.json");
        }

        var stored = ManifestReader.Read(uuid, SmallFile.Read(manifest.FullName), folder, at => facts.PublishedAt(uuid, at));
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
