using ImgApi.Infrastructure.FileSystem.Folders;
using ImgApi.Infrastructure.FileSystem.Layout;
using ImgApi.Infrastructure.FileSystem.Manifests;
using ImgApi.Infrastructure.Posix;

namespace ImgApi.Infrastructure.FileSystem.Start;

/// <summary>
/// Finishes or undoes what a crash left. It deletes only what carries a name that this server gives, and what a manifest
/// of this server says was replaced.
/// </summary>
internal sealed class FolderRecovery(DataFolder data, ImageMoves moves, RecoveryLog log)
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

        DeleteAll(entries.Where(entry => !entry.IsFolder && TemporaryName.Matches(entry.Name)).Select(entry => Path.Combine(data.Root, entry.Name)));
    }

    /// <summary>
    /// Finishes the change of an image's uuid if the folder has its next name, and undoes it if not: then the caller was refused, or got
    /// no answer.
    /// </summary>
    /// <param name="uuid">The uuid that the folder is named after. The folder has <see cref="FileNames.MovingManifest"/>.</param>
    /// <exception cref="BrokenManifestException">Nobody can tell which of the two it is.</exception>
    public void RecoverMove(Uuid uuid)
    {
        if (IsMoved(uuid))
        {
            log.Try($"finished the move to the uuid {uuid}", () => moves.Complete(uuid));
        }
        else
        {
            DeleteAll([data.InImage(uuid, FileNames.MovingManifest)]);
        }
    }

    /// <summary>Temporary files in an image's folder.</summary>
    /// <returns>Whether there were any.</returns>
    public bool DeleteTemporaries(FolderListing folder) => DeleteAll(folder.Names.Where(TemporaryName.Matches).Select(folder.PathOf));

    /// <summary>Content in an image's folder that its manifest does not name.</summary>
    /// <returns>Whether there was any.</returns>
    public bool DeleteStrayContent(FolderListing folder, Image image, IReadOnlyCollection<string> superseded)
    {
        var named = new[] { image.File?.Content?.Value, image.Icon?.Content.Value };
        var stray = folder.Names.Where(name =>
            !named.Contains(name) && (FileNames.IsOwnContent(name) || (superseded.Contains(name) && FileNames.IsLegacyContent(name))));
        return DeleteAll(stray.Select(folder.PathOf));
    }

    private bool IsMoved(Uuid uuid)
    {
        try
        {
            return MoveNote.IsInForce(data.Image(uuid), uuid);
        }
        catch (Exception e) when (StorageFault.IsFault(e))
        {
            throw new BrokenManifestException($"its {FileNames.MovingManifest} cannot be read: {FileFault.Describe(e)}");
        }
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
