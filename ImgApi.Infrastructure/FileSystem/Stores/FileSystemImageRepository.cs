using System.Collections.Concurrent;
using ImgApi.Domain.Storage;
using ImgApi.Infrastructure.Catalogue;
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
internal sealed class FileSystemImageRepository(LoadedCatalogue loaded, ImageFolders folders, ImageMoves moves, ILogger<FileSystemImageRepository> logger)
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
        var stored = await PersistAsync(write, () => folders.Create(image.Uuid, ManifestWriter.Write(image, ManifestLeftovers.None, [])), cancellation);
        return stored!;
    }

    public async Task<Image?> TryReplaceAsync(Image before, Image after, WriteConditions conditions, CancellationToken cancellation)
    {
        var write = await _catalogue.BeginAsync(before, after, conditions, cancellation);
        return write is null ? null : await PersistAsync(write, () => Replace(before, after), cancellation);
    }

    public async Task<bool> TryRemoveAsync(Image image, WriteConditions conditions, CancellationToken cancellation)
    {
        if (await _catalogue.BeginAsync(image, after: null, conditions, cancellation) is not { } write)
        {
            return false;
        }

        string? trash = null;
        await PersistAsync(write, () => trash = folders.Remove(image.Uuid), cancellation);
        await Task.Run(() => folders.Discard(trash!), CancellationToken.None);
        return true;
    }

    private void Replace(Image before, Image after)
    {
        var leftovers = _leftovers.GetValueOrDefault(before.Uuid, ManifestLeftovers.None);
        var manifest = ManifestWriter.Write(after, leftovers, FileNames.Superseded(before, after));
        if (before.Uuid == after.Uuid)
        {
            folders.ReplaceManifest(after.Uuid, manifest);
            return;
        }

        // Stored before the image can be changed under its new UUID.
        _leftovers[after.Uuid] = leftovers;
        try
        {
            moves.Move(new ImageMove(before.Uuid, after.Uuid, () => ManifestWriter.Write(before, leftovers, []), manifest, FileNames.Of(after)));
        }
        catch (Exception e) when (e is not CommittedWithFaultException)
        {
            _leftovers.TryRemove(after.Uuid, out _);
            throw;
        }

        _leftovers.TryRemove(before.Uuid, out _);
    }

    /// <summary>Writes to the disk, and completes or abandons the write in the catalogue.</summary>
    /// <returns>The image as stored; null after a removal.</returns>
    private async Task<Image?> PersistAsync(PendingWrite write, Action persist, CancellationToken cancellation)
    {
        try
        {
            // Task.Run checks the token before the write begins, and not afterwards.
            await Task.Run(persist, cancellation);
        }
        catch (CommittedWithFaultException e)
        {
            FileSystemLog.CommittedWithFault(logger, e, (write.After ?? write.Before)!.Uuid.ToString());
            _catalogue.Complete(write);
            throw StorageFault.Translate(e.InnerException!);
        }
        catch (Exception e)
        {
            _catalogue.Abandon(write);
            if (StorageFault.IsFault(e))
            {
                throw write.Before is { } image && folders.IsLost(image.Uuid) ? ImgApiException.ImageLost(image.Uuid, e) : StorageFault.Translate(e);
            }

            throw;
        }

        return _catalogue.Complete(write);
    }
}
