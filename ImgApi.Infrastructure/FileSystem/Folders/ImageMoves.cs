using ImgApi.Infrastructure.FileSystem.Layout;
using ImgApi.Infrastructure.Posix;
using Microsoft.Extensions.Logging;

namespace ImgApi.Infrastructure.FileSystem.Folders;

/// <summary>
/// Gives images other uuids. Commit point: the folder's next name, which puts the <see cref="MoveNote"/> in the folder in force. What
/// follows, the next change of the image or the next start can do as well.
/// </summary>
internal sealed class ImageMoves(DataFolder data, ILogger<ImageMoves> logger)
{
    /// <summary>Moves an image. What is being uploaded to it stays behind: no manifest will ever name it.</summary>
    /// <exception cref="ImgApiException"><c>ImageUuidAlreadyExists</c>: something else has the next name.</exception>
    /// <exception cref="CommittedWithFaultException">The next name could not be flushed.</exception>
    public void Move(ImageMove move)
    {
        data.EnsureFree(move.To);
        Complete(move.From);
        EnsureNoteCounts(move);
        Rename(move);
        CommittedWithFaultException.Guard(data.Flush);
        TidyUp(move);
    }

    /// <summary>Makes a note that is in force the manifest. Has to come before anything else is written to the image.</summary>
    public void Complete(Uuid uuid)
    {
        var folder = data.Image(uuid);
        if (MoveNote.IsInForce(folder, uuid))
        {
            data.Flush();
            DurableFile.Rename(Path.Combine(folder, FileNames.MovingManifest), Path.Combine(folder, FileNames.Manifest));
            DurableFile.FlushFolder(folder);
        }
    }

    /// <summary>A manifest that says the next uuid already, as one that was written by hand may, would make the note void.</summary>
    private void EnsureNoteCounts(ImageMove move)
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
            // A note that stays behind is void, as the folder has not the name that it says.
            DurableFile.TryDelete(Path.Combine(source, FileNames.MovingManifest));
            throw;
        }
    }

    private void TidyUp(ImageMove move)
    {
        try
        {
            Complete(move.To);
            DeleteUploads(data.Image(move.To), move.Named);
        }
        catch (Exception e) when (StorageFault.IsFault(e))
        {
            FileSystemLog.MoveNotTidied(logger, e, move.To.ToString());
        }
    }

    private void DeleteUploads(string folder, IReadOnlyCollection<string> named)
    {
        foreach (var path in Directory.GetFiles(folder))
        {
            var name = Path.GetFileName(path);
            if ((TemporaryName.Matches(name) || (FileNames.IsOwnContent(name) && !named.Contains(name))) && !DurableFile.TryDelete(path))
            {
                FileSystemLog.LeftBehind(logger, null, path);
            }
        }
    }
}

/// <summary>A change of an image's uuid.</summary>
/// <param name="From">Its uuid.</param>
/// <param name="To">Its next uuid.</param>
/// <param name="Present">Writes its manifest as it is.</param>
/// <param name="Next">Its next manifest.</param>
/// <param name="Named">The names of the content that the next manifest has.</param>
internal sealed record ImageMove(Uuid From, Uuid To, Func<byte[]> Present, byte[] Next, IReadOnlyCollection<string> Named);
