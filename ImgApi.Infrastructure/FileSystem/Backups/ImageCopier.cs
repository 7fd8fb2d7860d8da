using ImgApi.Infrastructure.FileSystem.Folders;
using ImgApi.Infrastructure.FileSystem.Layout;
using ImgApi.Infrastructure.FileSystem.Manifests;
using ImgApi.Infrastructure.Posix;

namespace ImgApi.Infrastructure.FileSystem.Backups;

/// <summary>
/// Copies the folders of images while a server changes them. The copy has one version of the manifest and the contents that it names. Contents are
/// deleted only after another manifest has been written, so a content that has disappeared means that the manifest must be read again.
/// </summary>
/// <param name="former">The data of the backup before; null if there is none.</param>
internal sealed class ImageCopier(string source, string? former, string target, FileCopier copier)
{
    /// <summary>Copies an image.</summary>
    /// <returns>Whether it was copied whole or as it is; null if it was deleted or got another UUID meanwhile.</returns>
    public ImageCopy? Copy(Uuid uuid)
    {
        try
        {
            while (true)
            {
                if (TryCopy(uuid) is { } copy)
                {
                    return copy;
                }
            }
        }
        catch (IOException) when (!Directory.Exists(Path.Combine(source, uuid.ToString())))
        {
            return null;
        }
    }

    private ImageCopy? TryCopy(Uuid uuid)
    {
        var folder = new FolderListing(Path.Combine(source, uuid.ToString()));
        var manifest = ReadManifest(folder, uuid);
        var names = Names(uuid, folder, manifest, out var problem);
        var copy = Path.Combine(target, uuid.ToString());
        FileCopier.CreateFolder(folder.Path, copy);
        var before = copier.Files;
        var missing = names.Where(name => !TryCopy(uuid, folder, name)).ToArray();
        if (missing.Length > 0 && !manifest.AsSpan().SequenceEqual(ReadManifest(new FolderListing(folder.Path), uuid)))
        {
            return null;
        }

        var isNew = copier.Files > before || missing.Length > 0;
        if (manifest is not null)
        {
            var path = folder.PathOf(FileNames.Manifest);
            copier.Copy(path, manifest, File.GetLastWriteTimeUtc(path), Former(uuid, FileNames.Manifest), Path.Combine(copy, FileNames.Manifest));
        }

        FolderCopier.DeleteOthers(copy, [.. names.Except(missing), FileNames.Manifest]);
        DurableFile.FlushFolder(copy);
        return new ImageCopy(isNew, problem);
    }

    /// <summary>The files to copy besides the manifest: not those of unfinished work.</summary>
    private static string[] Names(Uuid uuid, FolderListing folder, byte[]? manifest, out string? problem)
    {
        var lasting = folder.Names.Where(name => name is not (FileNames.Manifest or FileNames.MovingManifest) && !TemporaryName.Matches(name));
        try
        {
            var named = FileNames.Of(ManifestReader.Read(
                uuid, manifest ?? throw new BrokenManifestException("it has no manifest.json"), folder, Timestamp.From).Image);
            problem = null;
            return [.. lasting.Where(name => !FileNames.IsOwnContent(name)).Union(named)];
        }
        catch (Exception e) when (e is BrokenManifestException or InvalidOperationException)
        {
            problem = BrokenManifestException.Reason(e);
            return [.. lasting];
        }
    }

    private static byte[]? ReadManifest(FolderListing folder, Uuid uuid)
    {
        try
        {
            return folder.Find(MoveNote.ManifestIn(folder, uuid)) is { } manifest ? SmallFile.Read(manifest.FullName) : null;
        }
        catch (FileNotFoundException)
        {
            // Another name of the manifest is in force by now.
            return ReadManifest(new FolderListing(folder.Path), uuid);
        }
    }

    /// <summary>False if the file is missing or unreadable.</summary>
    private bool TryCopy(Uuid uuid, FolderListing folder, string name)
    {
        var path = folder.PathOf(name);
        try
        {
            copier.Copy(path, Former(uuid, name), Path.Combine(target, uuid.ToString(), name), FileNames.IsContent(name));
            return true;
        }
        catch (IOException e) when (e is FileNotFoundException or DirectoryNotFoundException or UnreadableFileException || !File.Exists(path))
        {
            return false;
        }
    }

    private string? Former(Uuid uuid, string name) => former is null ? null : Path.Combine(former, uuid.ToString(), name);
}

/// <summary>An image that was copied.</summary>
/// <param name="IsNew">Whether a content was not in the backup before, or could not be copied.</param>
/// <param name="Problem">Why the manifest cannot be read; null if it can.</param>
internal sealed record ImageCopy(bool IsNew, string? Problem);
