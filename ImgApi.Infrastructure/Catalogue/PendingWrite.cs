using System.Collections.Immutable;
using ImgApi.Domain.Storage;

namespace ImgApi.Infrastructure.Catalogue;

/// <summary>
/// A write whose conditions hold and which is on its way to the medium. A class, not a record: two writes of equal images are two.
/// </summary>
/// <param name="before">The image as it is; null for an addition.</param>
/// <param name="after">The image as it will be; null for a removal.</param>
internal sealed class PendingWrite(Image? before, Image? after)
{
    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Image? Before { get; } = before;

    public Image? After { get; } = after;

    /// <summary>Completes when the write has happened or has failed.</summary>
    public Task Settled => _settled.Task;

    /// <summary>Whether the write is of an image with that uuid, before or after.</summary>
    public bool Affects(Uuid? uuid) => uuid is not null && (Before?.Uuid == uuid || After?.Uuid == uuid);

    /// <summary>Whether this write removes the image with that uuid, or moves it to another.</summary>
    public bool Removes(Uuid uuid) => Before?.Uuid == uuid && After?.Uuid != uuid;

    public void Settle() => _settled.SetResult();
}

/// <summary>The origins of a snapshot, with the writes in flight counted on the side that refuses more.</summary>
internal sealed class PendingOriginGraph(CatalogueSnapshot snapshot, ImmutableList<PendingWrite> pending) : IOriginGraph
{
    public Image? Find(Uuid uuid) => pending.Exists(write => write.Removes(uuid)) ? null : snapshot.Find(uuid);

    public IReadOnlyList<Image> DependentsOf(Uuid origin)
    {
        var coming = pending.Select(write => write.After).OfType<Image>().Where(image => image.Details.Origin == origin);
        return [.. coming.Concat(snapshot.DependentsOf(origin)).DistinctBy(image => image.Uuid).OrderBy(image => image.Uuid)];
    }
}
