using System.Collections.Immutable;
using ImgApi.Domain.Images;

namespace ImgApi.Infrastructure.FileSystem.Catalogues;

/// <summary>What guards see: the catalogue, and the writes under way counted on whichever side refuses more.</summary>
internal sealed class CatalogueView(Catalogue catalogue, ImmutableList<PendingWrite> pending) : ICatalogueView
{
    /// <inheritdoc/>
    public Image? Find(Uuid uuid) => pending.Exists(write => write.TakesAway(uuid)) ? null : catalogue.Find(uuid);

    /// <inheritdoc/>
    public IReadOnlyList<Image> DependentsOf(Uuid origin)
    {
        var coming = pending.Select(write => write.After).OfType<Image>().Where(image => image.Details.Origin == origin);
        return [.. coming.Concat(catalogue.DependentsOf(origin)).DistinctBy(image => image.Uuid).OrderBy(image => image.Uuid)];
    }
}
