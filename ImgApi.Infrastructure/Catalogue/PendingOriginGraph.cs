using System.Collections.Immutable;
using ImgApi.Domain.Storage;

namespace ImgApi.Infrastructure.Catalogue;

/// <summary>The origins of a snapshot, with the writes in flight counted on the side that refuses more.</summary>
internal sealed class PendingOriginGraph(CatalogueSnapshot snapshot, ImmutableList<PendingWrite> pending) : IOriginGraph
{
    /// <inheritdoc/>
    public Image? Find(Uuid uuid) => pending.Exists(write => write.TakesAway(uuid)) ? null : snapshot.Find(uuid);

    /// <inheritdoc/>
    public IReadOnlyList<Image> DependentsOf(Uuid origin)
    {
        var coming = pending.Select(write => write.After).OfType<Image>().Where(image => image.Details.Origin == origin);
        return [.. coming.Concat(snapshot.DependentsOf(origin)).DistinctBy(image => image.Uuid).OrderBy(image => image.Uuid)];
    }
}
