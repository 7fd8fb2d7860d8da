using System.Text.Json;
using ImgApi.Domain.Images;

namespace ImgApi.Infrastructure.FileSystem.Catalogues;

/// <summary>
/// Finishes or undoes what a crash left. It deletes only what carries a name that this server gives, and what a manifest
/// of this server says was replaced.
/// </summary>
internal sealed class FolderRecovery(DataFolder data, ImageFolders folders, RecoveryLog log)
{
    /// <summary>The data folder itself, before images are read.</summary>
    public void RecoverRoot()
    {
        foreach (var folder in new DirectoryInfo(data.Root).GetDirectories())
        {
            if (FileNames.IsUnfinishedFolder(folder.Name) && folder.LinkTarget is null)
            {
                log.Try($"deleted the unfinished folder {folder.Name}", () => folder.Delete(recursive: true));
            }
            else if (Uuid.IsValid(folder.Name) && File.Exists(Path.Combine(folder.FullName, FileNames.MovingManifest)))
            {
                log.Try($"finished the move of image {folder.Name}", () => FinishMove(folder));
            }
        }

        DeleteAll(Directory.EnumerateFiles(data.Root).Where(path => FileNames.IsTemporary(Path.GetFileName(path))));
    }

    /// <summary>Temporary files in an image's folder.</summary>
    public void DeleteTemporaries(FolderListing folder) => DeleteAll(folder.Names.Where(FileNames.IsTemporary).Select(folder.PathOf));

    /// <summary>Content in an image's folder that its manifest does not name.</summary>
    public void DeleteStrayContent(FolderListing folder, Image image, IReadOnlyCollection<string> superseded)
    {
        var named = new[] { image.File?.Content?.Value, image.Icon?.Content.Value };
        var stray = folder.Names.Where(name =>
            !named.Contains(name) && (FileNames.IsOwnContent(name) || (superseded.Contains(name) && FileNames.IsLegacyContent(name))));
        DeleteAll(stray.Select(folder.PathOf));
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

    private void FinishMove(DirectoryInfo folder)
    {
        var moving = Path.Combine(folder.FullName, FileNames.MovingManifest);
        var target = TargetOf(moving) is { } uuid ? data.Image(uuid) : null;
        if (target == folder.FullName)
        {
            folders.CompleteMove(target);
        }
        else if (target is not null && !Path.Exists(target))
        {
            Directory.Move(folder.FullName, target);
            folders.CompleteMove(target);
        }
        else
        {
            // The move had failed, and its target has been taken since.
            File.Delete(moving);
        }
    }

    private void DeleteAll(IEnumerable<string> paths)
    {
        foreach (var path in paths)
        {
            log.Try($"deleted {Path.GetRelativePath(data.Root, path)}", () => File.Delete(path));
        }
    }
}
