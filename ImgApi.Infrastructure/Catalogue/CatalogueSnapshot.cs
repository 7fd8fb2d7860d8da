using System.Collections.Immutable;
using ImgApi.Domain.Storage;

namespace ImgApi.Infrastructure.Catalogue;

/// <summary>All images as of one revision, immutable, with the orders in which they are queried.</summary>
internal sealed class CatalogueSnapshot
{
    private static readonly ImmutableSortedSet<Uuid> NoUuids = [];
    private static readonly ImmutableDictionary<Uuid, ImmutableSortedSet<Uuid>> NoOrigins = ImmutableDictionary<Uuid, ImmutableSortedSet<Uuid>>.Empty;

    private readonly ImmutableDictionary<Uuid, Image> _byUuid;
    private readonly ImmutableSortedSet<Image> _inOrder;
    private readonly ImmutableDictionary<Uuid, ImmutableSortedSet<Uuid>> _byOrigin;
    private readonly QueryCache _results = new();

    private CatalogueSnapshot(
        long revision,
        ImmutableDictionary<Uuid, Image> byUuid,
        ImmutableSortedSet<Image> inOrder,
        ImmutableDictionary<Uuid, ImmutableSortedSet<Uuid>> byOrigin)
    {
        Revision = revision;
        _byUuid = byUuid;
        _inOrder = inOrder;
        _byOrigin = byOrigin;
    }

    /// <summary>Rises by one with every write.</summary>
    public long Revision { get; }

    /// <summary>The snapshot of a start. Its orders are built in parallel: they are much of what a start does on one thread.</summary>
    /// <param name="images">The images; of several with one uuid, the last counts.</param>
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

    public Image? Find(Uuid uuid) => _byUuid.GetValueOrDefault(uuid);

    public IEnumerable<Image> DependentsOf(Uuid origin) => _byOrigin.GetValueOrDefault(origin, NoUuids).Select(uuid => _byUuid[uuid]);

    /// <summary>The snapshot after one write; either argument may be null, for an addition or a removal.</summary>
    public CatalogueSnapshot Replace(Image? before, Image? after)
    {
        var (byUuid, inOrder, byOrigin) = (_byUuid, _inOrder, _byOrigin);
        if (before is not null)
        {
            byUuid = byUuid.Remove(before.Uuid);
            inOrder = inOrder.Remove(before);
            byOrigin = WithoutDependent(byOrigin, before);
        }

        if (after is not null)
        {
            byUuid = byUuid.SetItem(after.Uuid, after);
            inOrder = inOrder.Add(after);
            byOrigin = WithDependent(byOrigin, after);
        }

        return new CatalogueSnapshot(Revision + 1, byUuid, inOrder, byOrigin);
    }

    /// <summary>The images that match the query, in its order. The results of the last few queries are cached.</summary>
    public ImageList Query(ImageQuery query) =>
        _results.GetOrAdd(query, () => new ImageList([.. Walk(query).Where(query.Matches).Take(query.Limit ?? int.MaxValue)], Revision));

    private static ImmutableDictionary<Uuid, ImmutableSortedSet<Uuid>> WithDependent(
        ImmutableDictionary<Uuid, ImmutableSortedSet<Uuid>> byOrigin, Image image) =>
        image.Details.Origin is { } origin
            ? byOrigin.SetItem(origin, byOrigin.GetValueOrDefault(origin, NoUuids).Add(image.Uuid))
            : byOrigin;

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
        ListMarker.AtImage marker => WalkFromImage(marker.Uuid, query),
        ListMarker.AtInstant marker => WalkFrom(Seek(marker.Instant, query.Descending), query.Descending),
        _ => WalkAll(query.Descending),
    };

    private IEnumerable<Image> WalkAll(bool descending) => descending ? _inOrder.Reverse() : _inOrder;

    private IEnumerable<Image> WalkFromImage(Uuid uuid, ImageQuery query)
    {
        var marker = Find(uuid) is { } image && !query.Hides(image) ? image : throw ImgApiException.ImageNotFound(uuid);
        return marker.Details.PublishedAt is null ? WalkAll(query.Descending) : WalkFrom(_inOrder.IndexOf(marker), query.Descending);
    }

    /// <summary>From a place to the end of the images that have <c>published_at</c>.</summary>
    private IEnumerable<Image> WalkFrom(int start, bool descending)
    {
        var step = descending ? -1 : 1;
        for (var i = start; i >= 0 && i < _inOrder.Count; i += step)
        {
            if (_inOrder[i].Details.PublishedAt is not null)
            {
                yield return _inOrder[i];
            }
            else if (descending)
            {
                yield break; // all images before it have none either
            }
        }
    }

    /// <summary>Place of the first image at or after the instant; descending, of the last one at or before it.</summary>
    private int Seek(DateTimeOffset instant, bool descending)
    {
        var (low, high) = (0, _inOrder.Count);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            var order = PublicationOrder.InstantOf(_inOrder[middle]).CompareTo(instant);
            var isBefore = descending ? order <= 0 : order < 0;
            (low, high) = isBefore ? (middle + 1, high) : (low, middle);
        }

        return descending ? low - 1 : low;
    }
}
