using System.Collections.Immutable;
using ImgApi.Domain.Storage;

namespace ImgApi.Infrastructure.Catalogue;

/// <summary>
/// A write in flight, whose conditions are met. A class, not a record: two writes of equal images are different.
/// </summary>
/// <param name="before">The current image; null for an addition.</param>
/// <param name="after">The next image; null for a removal.</param>
internal sealed class PendingWrite(Image? before, Image? after)
{
    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Image? Before { get; } = before;

    public Image? After { get; } = after;

    /// <summary>Completes when the write has happened or has failed.</summary>
    public Task Settled => _settled.Task;

    /// <summary>Whether the image has this UUID before or after the write.</summary>
    public bool Affects(Uuid? uuid) => uuid is not null && (Before?.Uuid == uuid || After?.Uuid == uuid);

    /// <summary>Whether this write removes the image with this UUID, or gives it another UUID.</summary>
    public bool Removes(Uuid uuid) => Before?.Uuid == uuid && After?.Uuid != uuid;

    public void Settle() => _settled.SetResult();
}

/// <summary>
/// The origins as of a snapshot and the writes in flight. It is pessimistic: images being removed are not found, and images being added already
/// count as dependents.
/// </summary>
internal sealed class PendingOriginGraph(CatalogueSnapshot snapshot, ImmutableList<PendingWrite> pending) : IOriginGraph
{
    public Image? Find(Uuid uuid) => pending.Exists(write => write.Removes(uuid)) ? null : snapshot.Find(uuid);

    public IReadOnlyList<Image> DependentsOf(Uuid origin)
    {
        var coming = pending.Select(write => write.After).OfType<Image>().Where(image => image.Details.Origin == origin);
        return [.. coming.Concat(snapshot.DependentsOf(origin)).DistinctBy(image => image.Uuid).OrderBy(image => image.Uuid)];
    }
}
