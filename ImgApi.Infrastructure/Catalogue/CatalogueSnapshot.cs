using System.Collections.Immutable;
using ImgApi.Domain.Storage;

namespace ImgApi.Infrastructure.Catalogue;

/// <summary>All images as of one revision, immutable, with the orders in which they are queried.</summary>
internal sealed class CatalogueSnapshot(
    long revision,
    ImmutableDictionary<Uuid, Image> byUuid,
    ImmutableSortedSet<Image> inOrder,
    ImmutableDictionary<Uuid, ImmutableSortedSet<Uuid>> byOrigin,
    VersionIndex? versions = null)
{
    private static readonly ImmutableSortedSet<Uuid> NoUuids = [];
    private static readonly ImmutableDictionary<Uuid, ImmutableSortedSet<Uuid>> NoOrigins = ImmutableDictionary<Uuid, ImmutableSortedSet<Uuid>>.Empty;

    private readonly QueryCache<ImageList> _results = new();
    private readonly QueryCache<IReadOnlyList<ImageVersions>> _rows = new();

    // Built by the first query for versions, and then taken over from snapshot to snapshot.
    private VersionIndex? _versions = versions;

    /// <summary>Rises by one with every write.</summary>
    public long Revision => revision;

    /// <summary>The first snapshot. The orders are built in parallel, since sorting takes a large part of a start.</summary>
    /// <param name="images">If several have the same UUID, the last one counts.</param>
    public static CatalogueSnapshot From(IReadOnlyCollection<Image> images)
    {
        var (byUuid, inOrder, byOrigin) = (ImmutableDictionary<Uuid, Image>.Empty, default(ImmutableSortedSet<Image>), NoOrigins);
        Parallel.Invoke(
            () => byUuid = byUuid.SetItems(images.Select(image => KeyValuePair.Create(image.Uuid, image))),
            () => inOrder = images.ToImmutableSortedSet(PublicationOrder.Instance),
            () => byOrigin = images.Where(image => image.Details.Origin is not null)
                .GroupBy(image => image.Details.Origin!.Value, image => image.Uuid)
                .ToImmutableDictionary(group => group.Key, group => group.ToImmutableSortedSet()));
        return new CatalogueSnapshot(Image.Loaded, byUuid, inOrder!, byOrigin);
    }

    public Image? Find(Uuid uuid) => byUuid.GetValueOrDefault(uuid);

    public IEnumerable<Image> DependentsOf(Uuid origin) => byOrigin.GetValueOrDefault(origin, NoUuids).Select(uuid => byUuid[uuid]);

    /// <summary>The snapshot after one write: <paramref name="before"/> is null for an addition, <paramref name="after"/> for a removal.</summary>
    public CatalogueSnapshot Replace(Image? before, Image? after)
    {
        var (images, order, origins) = (byUuid, inOrder, byOrigin);
        if (before is not null)
        {
            (images, order, origins) = (images.Remove(before.Uuid), order.Remove(before), WithoutDependent(origins, before));
        }

        if (after is not null)
        {
            (images, order, origins) = (images.SetItem(after.Uuid, after), order.Add(after), WithDependent(origins, after));
        }

        return new CatalogueSnapshot(revision + 1, images, order, origins, _versions?.Replace(before, after));
    }

    /// <summary>The images that match the query, in its order. The results of the last few queries are cached.</summary>
    public ImageList Query(ImageQuery query) =>
        _results.GetOrAdd(query, () => new ImageList([.. Walk(query).Where(query.Matches).Take(query.Limit ?? int.MaxValue)], Revision));

    private static ImmutableDictionary<Uuid, ImmutableSortedSet<Uuid>> WithDependent(
        ImmutableDictionary<Uuid, ImmutableSortedSet<Uuid>> byOrigin, Image image) =>
        image.Details.Origin is { } origin
            ? byOrigin.SetItem(origin, byOrigin.GetValueOrDefault(origin, NoUuids).Add(image.Uuid))
            : byOrigin;

    /// <summary>See <see cref="IImageRepository.QueryVersionsAsync"/>.</summary>
    public IReadOnlyList<ImageVersions> QueryVersions(ImageQuery query, CancellationToken cancellation) => _rows.GetOrAdd(
        query,
        () => (_versions ??= VersionIndex.Of(inOrder)).Query(
            query, query.Marker is ListMarker.AtImage { Uuid: var uuid } ? Marker(uuid, query) : null, cancellation));

    private static ImmutableDictionary<Uuid, ImmutableSortedSet<Uuid>> WithoutDependent(
        ImmutableDictionary<Uuid, ImmutableSortedSet<Uuid>> byOrigin, Image image)
    {
        if (image.Details.Origin is not { } origin)
        {
            return byOrigin;
        }

        var rest = byOrigin[origin].Remove(image.Uuid);
        return rest.IsEmpty ? byOrigin.Remove(origin) : byOrigin.SetItem(origin, rest);
    }

    private IEnumerable<Image> Walk(ImageQuery query) => query.Marker switch
    {
        null when query.Origin is { } origin => InOrder(DependentsOf(origin), query.Descending),
        ListMarker.AtImage marker => WalkFromImage(marker.Uuid, query),
        ListMarker.AtInstant marker => WalkFrom(Seek(marker.Instant, query.Descending), query.Descending),
        _ => WalkAll(query.Descending),
    };

    private static IEnumerable<Image> InOrder(IEnumerable<Image> images, bool descending) =>
        descending ? images.OrderDescending(PublicationOrder.Instance) : images.Order(PublicationOrder.Instance);

    private IEnumerable<Image> WalkAll(bool descending) => descending ? inOrder.Reverse() : inOrder;

    private Image Marker(Uuid uuid, ImageQuery query) =>
        Find(uuid) is { } image && !query.Hides(image) ? image : throw ImgApiException.ImageNotFound(uuid);

    private IEnumerable<Image> WalkFromImage(Uuid uuid, ImageQuery query)
    {
        var marker = Marker(uuid, query);
        return marker.Details.PublishedAt is null ? WalkAll(query.Descending) : WalkFrom(inOrder.IndexOf(marker), query.Descending);
    }

    /// <summary>From an index to the last image with <c>published_at</c>.</summary>
    private IEnumerable<Image> WalkFrom(int start, bool descending)
    {
        var step = descending ? -1 : 1;
        for (var i = start; i >= 0 && i < inOrder.Count; i += step)
        {
            if (inOrder[i].Details.PublishedAt is not null)
            {
                yield return inOrder[i];
            }
            else if (descending)
            {
                yield break; // no image before it has one
            }
        }
    }

    /// <summary>The index of the first image at or after the instant; descending, of the last one at or before it.</summary>
    private int Seek(DateTimeOffset instant, bool descending)
    {
        var (low, high) = (0, inOrder.Count);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            var order = PublicationOrder.InstantOf(inOrder[middle]).CompareTo(instant);
            var isBefore = descending ? order <= 0 : order < 0;
            (low, high) = isBefore ? (middle + 1, high) : (low, middle);
        }

        return descending ? low - 1 : low;
    }
}
