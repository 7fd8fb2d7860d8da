using ImgApi.Infrastructure.FileSystem.Layout;
using ImgApi.Infrastructure.Posix;
using Microsoft.Extensions.Logging;

namespace ImgApi.Infrastructure.FileSystem.Folders;

/// <summary>
/// Changes the UUIDs of images. Commit point: the rename of the folder, which makes its <see cref="MoveNote"/> effective. The following steps
/// can also be done by the next change of the image or the next start.
/// </summary>
internal sealed class ImageMoves(DataFolder data, ILogger<ImageMoves> logger)
{
    /// <summary>Moves an image. Content of running uploads is deleted, since no manifest will ever name it.</summary>
    /// <exception cref="ImgApiException"><c>ImageUuidAlreadyExists</c>: the new name is in use.</exception>
    /// <exception cref="CommittedWithFaultException">The new name could not be flushed.</exception>
    public void Move(ImageMove move)
    {
        data.EnsureFree(move.To);
        Complete(move.From);
        EnsureNoteIsEffective(move);
        Rename(move);
        CommittedWithFaultException.Guard(data.Flush);
        CleanUp(move);
    }

    /// <summary>Turns an effective note into the manifest. Must precede every other write to the image.</summary>
    public void Complete(Uuid uuid)
    {
        var folder = data.Image(uuid);
        if (MoveNote.IsEffective(folder, uuid))
        {
            data.Flush();
            DurableFile.Rename(Path.Combine(folder, FileNames.MovingManifest), Path.Combine(folder, FileNames.Manifest));
            DurableFile.FlushFolder(folder);
        }
    }

    /// <summary>If the manifest already contains the new UUID, for instance after a manual edit, it is rewritten, since it would make the note ineffective.</summary>
    private void EnsureNoteIsEffective(ImageMove move)
    {
        if (MoveNote.UuidIn(data.InImage(move.From, FileNames.Manifest)) == move.To)
        {
            DurableFile.Replace(data.Image(move.From), FileNames.Manifest, move.Present());
        }
    }

    private void Rename(ImageMove move)
    {
        var source = data.Image(move.From);
        try
        {
            DurableFile.Replace(source, FileNames.MovingManifest, move.Next);
            DurableFile.FlushFolder(source);
            Directory.Move(source, data.Image(move.To));
        }
        catch (Exception e) when (StorageFault.IsFault(e))
        {
            // A remaining note is ineffective, since the folder has another name.
            DurableFile.TryDelete(Path.Combine(source, FileNames.MovingManifest));
            throw;
        }
    }

    private void CleanUp(ImageMove move)
    {
        try
        {
            Complete(move.To);
            DeleteUploads(data.Image(move.To), move.Named);
        }
        catch (Exception e) when (StorageFault.IsFault(e))
        {
            FileSystemLog.MoveNotCleanedUp(logger, e, move.To.ToString());
        }
    }

    private void DeleteUploads(string folder, IReadOnlyCollection<string> named)
    {
        foreach (var path in Directory.GetFiles(folder))
        {
            var name = Path.GetFileName(path);
            if ((TemporaryName.Matches(name) || (FileNames.IsOwnContent(name) && !named.Contains(name))) && !DurableFile.TryDelete(path))
            {
                FileSystemLog.NotDeleted(logger, null, path);
            }
        }
    }
}

/// <summary>A change of an image's UUID.</summary>
/// <param name="Present">Serializes the current manifest.</param>
/// <param name="Next">The new manifest.</param>
/// <param name="Named">The names of the content in the new manifest.</param>
internal sealed record ImageMove(Uuid From, Uuid To, Func<byte[]> Present, byte[] Next, IReadOnlyCollection<string> Named);
