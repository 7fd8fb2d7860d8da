using ImgApi.Domain.Errors;
using ImgApi.Domain.Images;
using Microsoft.Extensions.Logging;

namespace ImgApi.Infrastructure.FileSystem;

/// <summary>
/// The changes of image folders as wholes, each with one commit point: before it nothing has happened, after it the next
/// start completes the rest. A fault after it is a <see cref="CommittedWithFaultException"/>.
/// </summary>
internal sealed class ImageFolders(DataFolder data, ILogger<ImageFolders> logger)
{
    /// <summary>Makes an image's folder with its manifest. Commit point: the folder's final name.</summary>
    /// <exception cref="ImgApiException"><c>ImageUuidAlreadyExists</c>: something that is no image of ours is in the way.</exception>
    public void Create(Uuid uuid, byte[] manifest)
    {
        var final = data.Image(uuid);
        EnsureFree(final, uuid);
        var building = Path.Combine(data.Root, FileNames.NewFolder(uuid));
        try
        {
            DeleteFolder(building);
            DurableFile.CreateFolder(building);
            DurableFile.WriteNew(Path.Combine(building, FileNames.Manifest), manifest);
            DurableFile.FlushFolder(building);
            Directory.Move(building, final);
        }
        catch (Exception e) when (StorageFault.IsFault(e))
        {
            Discard(building);
            throw;
        }

        CommittedWithFaultException.Guard(() => DurableFile.FlushFolder(data.Root));
    }

    /// <summary>Replaces an image's manifest. Commit point: the manifest's name.</summary>
    public void ReplaceManifest(Uuid uuid, byte[] manifest)
    {
        var folder = data.Image(uuid);
        DurableFile.Replace(folder, FileNames.Manifest, manifest);
        CommittedWithFaultException.Guard(() =>
        {
            // Only there if a move failed half-way; from now on it would undo this change.
            File.Delete(Path.Combine(folder, FileNames.MovingManifest));
            DurableFile.FlushFolder(folder);
        });
    }

    /// <summary>
    /// Gives an image another uuid. Commit point: the complete manifest of the image as it will be. What is just being uploaded
    /// to it stays behind: nobody will ever name it.
    /// </summary>
    /// <param name="from">Its uuid.</param>
    /// <param name="to">Its next uuid.</param>
    /// <param name="manifest">Its next manifest.</param>
    /// <param name="named">The names of the content that the manifest has.</param>
    /// <exception cref="ImgApiException"><c>ImageUuidAlreadyExists</c>: something that is no image of ours is in the way.</exception>
    public void Move(Uuid from, Uuid to, byte[] manifest, IReadOnlyCollection<string> named)
    {
        var (source, target) = (data.Image(from), data.Image(to));
        EnsureFree(target, to);
        try
        {
            DurableFile.Replace(source, FileNames.MovingManifest, manifest);
            DurableFile.FlushFolder(source);
            Directory.Move(source, target);
        }
        catch (Exception e) when (StorageFault.IsFault(e))
        {
            DurableFile.TryDelete(Path.Combine(source, FileNames.MovingManifest));
            throw;
        }

        CommittedWithFaultException.Guard(() =>
        {
            CompleteMove(target);
            DeleteUploads(target, named);
        });
    }

    /// <summary>The second half of a move, for a folder that has its new name already.</summary>
    public void CompleteMove(string folder)
    {
        DurableFile.FlushFolder(data.Root);
        DurableFile.Rename(Path.Combine(folder, FileNames.MovingManifest), Path.Combine(folder, FileNames.Manifest));
        DurableFile.FlushFolder(folder);
    }

    /// <summary>Takes an image away. Commit point: its folder's new name, which <see cref="Discard"/> is given then.</summary>
    public string Remove(Uuid uuid)
    {
        var trash = Path.Combine(data.Root, FileNames.FreshTrashFolder(uuid));
        try
        {
            Directory.Move(data.Image(uuid), trash);
        }
        catch (DirectoryNotFoundException) when (IsLost(uuid))
        {
            // Somebody else has done it.
        }

        CommittedWithFaultException.Guard(() => DurableFile.FlushFolder(data.Root));
        return trash;
    }

    /// <summary>Whether the image's folder is gone, and not the whole data folder, which may come back with the image.</summary>
    public bool IsLost(Uuid uuid) => !Path.Exists(data.Image(uuid)) && File.Exists(Path.Combine(data.Root, FileNames.Lock));

    /// <summary>Deletes a folder that is none any more. What fails is done by the next start.</summary>
    public bool Discard(string folder)
    {
        try
        {
            DeleteFolder(folder);
            return true;
        }
        catch (Exception e) when (StorageFault.IsFault(e))
        {
            FileSystemLog.LeftBehind(logger, e, folder);
            return false;
        }
    }

    private void DeleteUploads(string folder, IReadOnlyCollection<string> named)
    {
        foreach (var path in Directory.GetFiles(folder))
        {
            var name = Path.GetFileName(path);
            if ((FileNames.IsTemporary(name) || (FileNames.IsOwnContent(name) && !named.Contains(name))) && !DurableFile.TryDelete(path))
            {
                FileSystemLog.LeftBehind(logger, null, path);
            }
        }
    }

    /// <summary>.NET removes links instead of following them.</summary>
    private static void DeleteFolder(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void EnsureFree(string folder, Uuid uuid)
    {
        if (Path.Exists(folder))
        {
            throw new ImgApiException(
                ErrorCode.ImageUuidAlreadyExists,
                $"image uuid \"{uuid}\" already exists: the data folder has a folder of that name, which is not an image that this server can read");
        }
    }
}
