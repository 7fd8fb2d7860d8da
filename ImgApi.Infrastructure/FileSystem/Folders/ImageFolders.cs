using ImgApi.Infrastructure.FileSystem.Layout;
using ImgApi.Infrastructure.Posix;
using Microsoft.Extensions.Logging;

namespace ImgApi.Infrastructure.FileSystem.Folders;

/// <summary>
/// Creates, changes and removes image folders. Each operation has one commit point, a rename: before it nothing has changed, and after it the
/// next start completes the rest. What can be done before the rename is done when the change is prepared. The flush that follows makes the rename durable; if the power fails between the two, the image has its old
/// or its new state. A fault after the commit point is a <see cref="CommittedWithFaultException"/>. See also <see cref="ImageMoves"/>.
/// </summary>
internal sealed class ImageFolders(DataFolder data, ImageMoves moves, ILogger<ImageFolders> logger)
{
    /// <summary>Prepares an image's folder with its manifest. Commit point: the rename of the folder to its final name.</summary>
    /// <exception cref="ImgApiException"><c>ImageUuidAlreadyExists</c>: the name is in use by something that is not a loaded image.</exception>
    public PreparedChange Create(Uuid uuid, byte[] manifest)
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
        }
        catch (Exception e) when (StorageFault.IsFault(e))
        {
            Discard(building);
            throw;
        }

        return new PreparedChange(
            () =>
            {
                Directory.Move(building, final);
                CommittedWithFaultException.Guard(data.Flush);
            },
            () => Discard(building));
    }

    /// <summary>Prepares another manifest of an image. Commit point: the rename of the new manifest.</summary>
    public PreparedChange ReplaceManifest(Uuid uuid, byte[] manifest)
    {
        var folder = data.Image(uuid);
        data.FlushIfPending();
        moves.Complete(uuid); // otherwise the next start would do it, and undo this change
        var temporary = Path.Combine(folder, TemporaryName.Create());
        try
        {
            DurableFile.WriteNew(temporary, manifest);
        }
        catch
        {
            DurableFile.TryDelete(temporary);
            throw;
        }

        return new PreparedChange(
            () =>
            {
                DurableFile.Rename(temporary, Path.Combine(folder, FileNames.Manifest));
                CommittedWithFaultException.Guard(() => DurableFile.FlushFolder(folder));
            },
            () => DurableFile.TryDelete(temporary));
    }

    /// <summary>Removes an image. Commit point: the rename of its folder to the returned name, which is then passed to <see cref="Discard"/>.</summary>
    public string Remove(Uuid uuid)
    {
        var trash = Path.Combine(data.Root, FileNames.NewTrashFolder(uuid));
        try
        {
            Directory.Move(data.Image(uuid), trash);
        }
        catch (DirectoryNotFoundException) when (IsLost(uuid))
        {
            // The folder was already removed by another program.
        }

        CommittedWithFaultException.Guard(data.Flush);
        return trash;
    }

    /// <summary>Whether the image's folder has disappeared, but not the whole data folder, which may be unmounted only temporarily.</summary>
    public bool IsLost(Uuid uuid) => !Path.Exists(data.Image(uuid)) && File.Exists(Path.Combine(data.Root, FileNames.Lock));

    /// <summary>Deletes the folder of a removed image. After a failure, the next start deletes it.</summary>
    public void Discard(string folder)
    {
        try
        {
            DeleteFolder(folder);
        }
        catch (Exception e) when (StorageFault.IsFault(e))
        {
            FileSystemLog.NotDeleted(logger, e, folder);
        }
    }

    /// <summary>Links in the folder are removed, not followed.</summary>
    private static void DeleteFolder(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
