using System.Collections.Concurrent;
using ImgApi.Domain.Errors;
using ImgApi.Domain.Images;
using ImgApi.Infrastructure.FileSystem.Catalogues;
using ImgApi.Infrastructure.FileSystem.Catalogues.Indexing;
using ImgApi.Infrastructure.FileSystem.Manifests;
using Microsoft.Extensions.Logging;

namespace ImgApi.Infrastructure.FileSystem;

/// <summary>
/// Keeps each image's manifest in a folder of its own and answers readers from memory. Writes of one image queue up at a
/// lock of that image; writes of different images meet only in <see cref="CatalogueLedger"/>, for a moment, and flush
/// side by side.
/// </summary>
internal sealed class FileSystemImageRepository(LoadedCatalogue loaded, ImageFolders folders, ImageMoves moves, ILogger<FileSystemImageRepository> logger)
    : IImageRepository
{
    private readonly CatalogueLedger _ledger = new(Catalogue.From(loaded.Images));
    private readonly ConcurrentDictionary<Uuid, ManifestLeftovers> _leftovers = new(loaded.Leftovers);
    private readonly KeyedLock<Uuid> _imageLocks = new();

    /// <summary>What was found when the data folder was opened.</summary>
    public CatalogueLoadReport LoadReport { get; } = loaded.Report;

    /// <summary>What the next start is to know.</summary>
    public IndexUpdate IndexUpdate { get; } = loaded.IndexUpdate;

    /// <inheritdoc/>
    public ValueTask<Image?> FindAsync(Uuid uuid, CancellationToken cancellation) => new(_ledger.Current.Find(uuid));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Image>> QueryAsync(ImageQuery query, CancellationToken cancellation) =>
        new(_ledger.Current.Query(query));

    /// <inheritdoc/>
    public async Task AddAsync(Image image, Action<ICatalogueView> guard, CancellationToken cancellation)
    {
        using var held = await _imageLocks.AcquireAsync(image.Uuid, cancellation);
        var write = _ledger.BeginAdd(image, guard);
        _leftovers.TryRemove(image.Uuid, out _); // those of an earlier image, if its removal or move ended in a fault
        await PersistAsync(write, () => folders.Create(image.Uuid, ManifestWriter.Write(image, ManifestLeftovers.None, [])), cancellation);
    }

    /// <inheritdoc/>
    public async Task<Image> ChangeAsync(Uuid uuid, Func<Image, ICatalogueView, Image> change, CancellationToken cancellation)
    {
        using var held = await _imageLocks.AcquireAsync(uuid, cancellation);
        var before = Require(uuid);
        if (_ledger.BeginChange(before, change) is not { After: { } after } write)
        {
            return before;
        }

        await PersistAsync(write, () => Change(before, after), cancellation);
        return after;
    }

    /// <inheritdoc/>
    public async Task RemoveAsync(Uuid uuid, Action<Image, ICatalogueView> guard, CancellationToken cancellation)
    {
        using var held = await _imageLocks.AcquireAsync(uuid, cancellation);
        var write = _ledger.BeginRemove(Require(uuid), guard);
        string? trash = null;
        await PersistAsync(write, () => trash = folders.Remove(uuid), cancellation);
        _leftovers.TryRemove(uuid, out _);
        await Task.Run(() => folders.Discard(trash!), CancellationToken.None);
    }

    private Image Require(Uuid uuid) => _ledger.Current.Find(uuid) ?? throw ImageNotFound.Exception(uuid);

    private void Change(Image before, Image after)
    {
        var leftovers = _leftovers.GetValueOrDefault(before.Uuid, ManifestLeftovers.None);
        var manifest = ManifestWriter.Write(after, leftovers, LegacyContent.Superseded(before, after));
        if (before.Uuid == after.Uuid)
        {
            folders.ReplaceManifest(after.Uuid, manifest);
            return;
        }

        // The leftovers are in place under the new uuid before anyone can change the image there.
        _leftovers[after.Uuid] = leftovers;
        try
        {
            moves.Move(new ImageMove(
                before.Uuid, after.Uuid, () => ManifestWriter.Write(before, leftovers, []), manifest, LegacyContent.Names(after)));
        }
        catch (Exception e) when (e is not CommittedWithFaultException)
        {
            _leftovers.TryRemove(after.Uuid, out _);
            throw;
        }

        _leftovers.TryRemove(before.Uuid, out _);
    }

    /// <summary>Brings an entered write to the disk and settles it in the ledger, whatever happens.</summary>
    private async Task PersistAsync(PendingWrite write, Action persist, CancellationToken cancellation)
    {
        try
        {
            // Given to Task.Run, the token is looked at before the write begins and not afterwards.
            await Task.Run(persist, cancellation);
        }
        catch (CommittedWithFaultException e)
        {
            FileSystemLog.CommittedWithFault(logger, e, (write.After ?? write.Before)!.Uuid.ToString());
            _ledger.Complete(write);
            throw StorageFault.Translate(e.InnerException!);
        }
        catch (Exception e)
        {
            _ledger.Abandon(write);
            if (StorageFault.IsFault(e))
            {
                throw write.Before is { } image && folders.IsLost(image.Uuid) ? ImgApiException.ImageLost(image.Uuid, e) : StorageFault.Translate(e);
            }

            throw;
        }

        _ledger.Complete(write);
    }
}
