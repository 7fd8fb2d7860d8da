using System.Collections.Immutable;
using ImgApi.Domain.Storage;

namespace ImgApi.Infrastructure.Catalogue;

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
