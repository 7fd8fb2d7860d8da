using System.Collections.Concurrent;
using ImgApi.Infrastructure.FileSystem.Folders;
using ImgApi.Infrastructure.FileSystem.Layout;
using ImgApi.Infrastructure.FileSystem.Manifests;
using ImgApi.Infrastructure.Posix;
using Microsoft.Extensions.Logging;

namespace ImgApi.Infrastructure.FileSystem.Start;

/// <summary>
/// Completes or undoes changes that a crash interrupted. Deletes only files with names that this server creates, and files that a manifest
/// of this server lists as replaced. A repair that fails is logged, and does not stop the start.
/// </summary>
internal sealed class FolderRecovery(DataFolder data, ImageMoves moves, ILogger logger)
{
    private readonly ConcurrentQueue<string> _repaired = new();

    public IReadOnlyList<string> Repaired => [.. _repaired.Order(StringComparer.Ordinal)];

    /// <summary>Deletes unfinished folders and temporary files in the data folder itself, before images are read.</summary>
    public void RecoverRoot(IReadOnlyCollection<FolderEntry> entries)
    {
        foreach (var folder in entries.Where(entry => entry.IsFolder && FileNames.IsUnfinishedFolder(entry.Name)))
        {
            var found = new DirectoryInfo(Path.Combine(data.Root, folder.Name));
            if (found.LinkTarget is null)
            {
                Repair($"deleted the unfinished folder {folder.Name}", () => found.Delete(recursive: true));
            }
        }

        DeleteAll(entries.Where(entry => !entry.IsFolder && TemporaryName.Matches(entry.Name)).Select(entry => Path.Combine(data.Root, entry.Name)));
    }

    /// <summary>
    /// Completes a change of an image's UUID if the folder has its new name. Otherwise the client received an error or no response, and the
    /// change is undone.
    /// </summary>
    /// <param name="uuid">The name of the folder, which has <see cref="FileNames.MovingManifest"/>.</param>
    /// <exception cref="BrokenManifestException">The files cannot be read, so the state is unknown.</exception>
    public void RecoverMove(Uuid uuid)
    {
        if (IsMoved(uuid))
        {
            Repair($"finished the move to the uuid {uuid}", () => moves.Complete(uuid));
        }
        else
        {
            DeleteAll([data.InImage(uuid, FileNames.MovingManifest)]);
        }
    }

    /// <summary>Deletes temporary files in an image's folder.</summary>
    /// <returns>Whether there were any.</returns>
    public bool DeleteTemporaries(FolderListing folder) => DeleteAll(folder.Names.Where(TemporaryName.Matches).Select(folder.PathOf));

    /// <summary>Deletes content that the image's manifest does not name.</summary>
    /// <returns>Whether there was any.</returns>
    public bool DeleteStrayContent(FolderListing folder, Image image, IReadOnlyCollection<string> superseded)
    {
        var named = FileNames.Of(image);
        var stray = folder.Names.Where(name =>
            !named.Contains(name) && (FileNames.IsOwnContent(name) || (superseded.Contains(name) && FileNames.IsLegacyContent(name))));

        // If the process was killed, the manifest that no longer names the content may not be durable yet.
        return DeleteAll(stray.Select(folder.PathOf), () => DurableFile.FlushFolder(folder.Path));
    }

    private bool IsMoved(Uuid uuid)
    {
        try
        {
            return MoveNote.IsEffective(data.Image(uuid), uuid);
        }
        catch (Exception e) when (StorageFault.IsFault(e))
        {
            throw new BrokenManifestException($"its {FileNames.MovingManifest} cannot be read: {FileFault.Describe(e)}");
        }
    }

    private bool DeleteAll(IEnumerable<string> paths, Action? beforehand = null)
    {
        var any = false;
        foreach (var path in paths)
        {
            any = true;
            Repair($"deleted {Path.GetRelativePath(data.Root, path)}", () =>
            {
                beforehand?.Invoke();
                File.Delete(path);
            });
        }

        return any;
    }

    private void Repair(string repair, Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (StorageFault.IsFault(e))
        {
            FileSystemLog.NotRepaired(logger, e, repair);
            return;
        }

        FileSystemLog.Repaired(logger, repair);
        _repaired.Enqueue(repair);
    }
}
