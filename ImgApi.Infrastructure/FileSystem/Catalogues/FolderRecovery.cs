using System.Text.Json;
using ImgApi.Domain.Images;

namespace ImgApi.Infrastructure.FileSystem.Catalogues;

/// <summary>
/// Finishes or undoes what a crash left. It deletes only what carries a name that this server gives, and what a manifest
/// of this server says was replaced.
/// </summary>
internal sealed class FolderRecovery(DataFolder data, ImageFolders folders, RecoveryLog log)
{
    /// <summary>The data folder itself, before images are read: what its listing names that is no image and never became one.</summary>
    public void RecoverRoot(IReadOnlyCollection<FolderEntry> entries)
    {
        foreach (var folder in entries.Where(entry => entry.IsFolder && FileNames.IsUnfinishedFolder(entry.Name)))
        {
            var found = new DirectoryInfo(Path.Combine(data.Root, folder.Name));
            if (found.LinkTarget is null)
            {
                log.Try($"deleted the unfinished folder {folder.Name}", () => found.Delete(recursive: true));
            }
        }

        DeleteAll(entries.Where(entry => !entry.IsFolder && FileNames.IsTemporary(entry.Name)).Select(entry => Path.Combine(data.Root, entry.Name)));
    }

    /// <summary>Finishes or undoes the move of an image whose folder has <see cref="FileNames.MovingManifest"/>.</summary>
    /// <returns>Where the image is now.</returns>
    public Uuid RecoverMove(Uuid uuid)
    {
        Uuid? target = null;
        log.Try($"finished the move of image {uuid}", () =>
        {
            target = TargetOf(data.InImage(uuid, FileNames.MovingManifest));
            FinishMove(uuid, target);
        });
        return target is { } moved && !Directory.Exists(data.Image(uuid)) ? moved : uuid;
    }

    /// <summary>Temporary files in an image's folder.</summary>
    /// <returns>Whether there were any.</returns>
    public bool DeleteTemporaries(FolderListing folder) => DeleteAll(folder.Names.Where(FileNames.IsTemporary).Select(folder.PathOf));

    /// <summary>Content in an image's folder that its manifest does not name.</summary>
    /// <returns>Whether there was any.</returns>
    public bool DeleteStrayContent(FolderListing folder, Image image, IReadOnlyCollection<string> superseded)
    {
        var named = new[] { image.File?.Content?.Value, image.Icon?.Content.Value };
        var stray = folder.Names.Where(name =>
            !named.Contains(name) && (FileNames.IsOwnContent(name) || (superseded.Contains(name) && FileNames.IsLegacyContent(name))));
        return DeleteAll(stray.Select(folder.PathOf));
    }

    private static Uuid? TargetOf(string movingManifest)
    {
        try
        {
            using var manifest = JsonDocument.Parse(File.ReadAllBytes(movingManifest));
            return Uuid.TryParse(manifest.RootElement.GetProperty("uuid").GetString(), out var uuid) ? uuid : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }

    private void FinishMove(Uuid from, Uuid? to)
    {
        if (to is not { } target || (target != from && Path.Exists(data.Image(target))))
        {
            // The move had failed, and its target has been taken since.
            File.Delete(data.InImage(from, FileNames.MovingManifest));
            return;
        }

        if (target != from)
        {
            Directory.Move(data.Image(from), data.Image(target));
        }

        folders.CompleteMove(data.Image(target));
    }

    private bool DeleteAll(IEnumerable<string> paths)
    {
        var any = false;
        foreach (var path in paths)
        {
            any = true;
            log.Try($"deleted {Path.GetRelativePath(data.Root, path)}", () => File.Delete(path));
        }

        return any;
    }
}
