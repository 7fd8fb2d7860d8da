using System.Collections.Concurrent;
using ImgApi.Domain.Audit;
using ImgApi.Domain.Storage;
using ImgApi.Infrastructure.Catalogue;
using ImgApi.Infrastructure.FileSystem.Audit;
using ImgApi.Infrastructure.FileSystem.Folders;
using ImgApi.Infrastructure.FileSystem.Layout;
using ImgApi.Infrastructure.FileSystem.Manifests;
using ImgApi.Infrastructure.FileSystem.Start;
using ImgApi.Infrastructure.FileSystem.StartIndex;
using ImgApi.Infrastructure.Posix;
using Microsoft.Extensions.Logging;

namespace ImgApi.Infrastructure.FileSystem.Stores;

/// <summary>
/// Stores each manifest in the image's folder, and answers reads from memory. Writes to different images run in parallel, except for short
/// locks in <see cref="ImageCatalogue"/>.
/// </summary>
internal sealed class FileSystemImageRepository(
    LoadedCatalogue loaded, ImageFolders folders, ImageMoves moves, IAuditLog audit, ILogger<FileSystemImageRepository> logger)
    : IImageRepository
{
    private readonly ImageCatalogue _catalogue = new(CatalogueSnapshot.From(loaded.Images));
    private readonly ConcurrentDictionary<Uuid, ManifestLeftovers> _leftovers = new(loaded.Leftovers);

    public CatalogueLoadReport LoadReport { get; } = loaded.Report;

    public IndexUpdate IndexUpdate { get; } = loaded.IndexUpdate;

    public ValueTask<Image?> FindAsync(Uuid uuid, CancellationToken cancellation) => new(_catalogue.Current.Find(uuid));

    public ValueTask<Image?> FindSettledAsync(Uuid uuid, CancellationToken cancellation) => _catalogue.FindSettledAsync(uuid, cancellation);

    public ValueTask<ImageList> QueryAsync(ImageQuery query, CancellationToken cancellation) => new(_catalogue.Current.Query(query));

    public ValueTask<IReadOnlyList<ImageVersions>> QueryVersionsAsync(ImageQuery query, CancellationToken cancellation) =>
        new(_catalogue.Current.QueryVersions(query, cancellation));

    public async Task<Image> AddAsync(Image image, WriteConditions conditions, CancellationToken cancellation)
    {
        var write = (await _catalogue.BeginAsync(before: null, image, conditions, cancellation))!;
        _leftovers.TryRemove(image.Uuid, out _); // they remain if an earlier image's removal or move ended in a fault
        var manifest = ManifestWriter.Write(image, ManifestLeftovers.None, []);
        return (await PersistAsync(write, manifest, () => folders.Create(image.Uuid, manifest), cancellation))!;
    }

    public async Task<Image?> TryReplaceAsync(Image before, Image after, WriteConditions conditions, CancellationToken cancellation)
    {
        var write = await _catalogue.BeginAsync(before, after, conditions, cancellation);
        if (write is null)
        {
            return null;
        }

        var leftovers = _leftovers.GetValueOrDefault(before.Uuid, ManifestLeftovers.None);
        var manifest = ManifestWriter.Write(after, leftovers, FileNames.Superseded(before, after));
        return await PersistAsync(
            write, manifest,
            () => before.Uuid == after.Uuid ? folders.ReplaceManifest(after.Uuid, manifest) : Moved(before, after, manifest, leftovers),
            cancellation);
    }

    public async Task<bool> TryRemoveAsync(Image image, WriteConditions conditions, CancellationToken cancellation)
    {
        if (await _catalogue.BeginAsync(image, after: null, conditions, cancellation) is not { } write)
        {
            return false;
        }

        string? trash = null;
        await PersistAsync(
            write, manifest: null, () => new PreparedChange(() => trash = folders.Remove(image.Uuid), discard: () => { }), cancellation);
        await Task.Run(() => folders.Discard(trash!), CancellationToken.None);
        return true;
    }

    /// <summary>A change of the UUID, all of which is done at the commit.</summary>
    private PreparedChange Moved(Image before, Image after, byte[] manifest, ManifestLeftovers leftovers) => new(
        () =>
        {
            // Stored before the image can be changed under its new UUID.
            _leftovers[after.Uuid] = leftovers;
            moves.Move(new ImageMove(before.Uuid, after.Uuid, () => ManifestWriter.Write(before, leftovers, []), manifest, FileNames.Of(after)));
            _leftovers.TryRemove(before.Uuid, out _);
        },
        discard: () => _leftovers.TryRemove(after.Uuid, out _));

    /// <summary>
    /// Writes to the disk, and completes or abandons the write in the catalogue. The event is recorded while the files are prepared, so that both
    /// wait for the same flush of the disk, and the change takes effect after both.
    /// </summary>
    /// <param name="manifest">The manifest after the change; null for a removal.</param>
    /// <returns>The image as stored; null after a removal.</returns>
    private async Task<Image?> PersistAsync(PendingWrite write, byte[]? manifest, Func<PreparedChange> prepare, CancellationToken cancellation)
    {
        Task<AuditEvent>? recording = null;
        try
        {
            cancellation.ThrowIfCancellationRequested();
            recording = audit.AppendAsync(
                AuditEvent.Of(write.Before, write.After) with { Manifest = manifest is null ? null : AuditLine.HashOf(manifest) });
            using var change = await Task.Run(prepare, CancellationToken.None);
            await recording;
            await Task.Run(change.Commit, CancellationToken.None);
        }
        catch (CommittedWithFaultException e)
        {
            FileSystemLog.CommittedWithFault(logger, e, (write.After ?? write.Before)!.Uuid.ToString());
            _catalogue.Complete(write);
            throw StorageFault.Translate(e.InnerException!);
        }
        catch (Exception e)
        {
            var refusal = StorageFault.IsFault(e) ? Translate(e, write) : e;
            await CorrectAsync(recording, refusal);
            _catalogue.Abandon(write);
            if (ReferenceEquals(refusal, e))
            {
                throw;
            }

            throw refusal;
        }

        return _catalogue.Complete(write);
    }

    private ImgApiException Translate(Exception fault, PendingWrite write) =>
        write.Before is { } image && folders.IsLost(image.Uuid) ? ImgApiException.ImageLost(image.Uuid, fault) : StorageFault.Translate(fault);

    /// <summary>Records that a change did not take effect, unless the event of the change itself could not be recorded.</summary>
    private async Task CorrectAsync(Task<AuditEvent>? recording, Exception refusal)
    {
        if (recording is null || await recording.ContinueWith(done => !done.IsCompletedSuccessfully, TaskScheduler.Default))
        {
            return;
        }

        try
        {
            await audit.AppendAsync((await recording).Undone(refusal.Message));
        }
        catch (ImgApiException e)
        {
            FileSystemLog.AuditNotWritten(logger, e);
        }
    }
}
