using ImgApi.Infrastructure.FileSystem.Layout;
using ImgApi.Infrastructure.Posix;
using Microsoft.Extensions.Logging;

namespace ImgApi.Infrastructure.FileSystem.Folders;

/// <summary>
/// The changes of image folders as wholes, each with one commit point: before it nothing has happened, after it the next
/// start completes the rest. A fault after it is a <see cref="CommittedWithFaultException"/>. <see cref="ImageMoves"/> has one more.
/// </summary>
internal sealed class ImageFolders(DataFolder data, ImageMoves moves, ILogger<ImageFolders> logger)
{
    /// <summary>Makes an image's folder with its manifest. Commit point: the folder's final name.</summary>
    /// <exception cref="ImgApiException"><c>ImageUuidAlreadyExists</c>: something that is no image of ours is in the way.</exception>
    public void Create(Uuid uuid, byte[] manifest)
    {
        var final = data.Image(uuid);
        data.EnsureFree(uuid);
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

        CommittedWithFaultException.Guard(data.Flush);
    }

    /// <summary>Replaces an image's manifest. Commit point: the manifest's name.</summary>
    public void ReplaceManifest(Uuid uuid, byte[] manifest)
    {
        var folder = data.Image(uuid);
        data.FlushIfDue();
        moves.Complete(uuid); // or else the next start would, and undo this change
        DurableFile.Replace(folder, FileNames.Manifest, manifest);
        CommittedWithFaultException.Guard(() => DurableFile.FlushFolder(folder));
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

        CommittedWithFaultException.Guard(data.Flush);
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

    /// <summary>.NET removes links instead of following them.</summary>
    private static void DeleteFolder(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
