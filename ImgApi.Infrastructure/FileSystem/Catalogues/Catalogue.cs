using System.Collections.Immutable;
using ImgApi.Domain.Images;

namespace ImgApi.Infrastructure.FileSystem.Catalogues;

/// <summary>All images as of one moment, immutable, with the orders in which they are asked for.</summary>
internal sealed class Catalogue
{
    private static readonly ImmutableSortedSet<Uuid> NoUuids = [];
    private static readonly ImmutableDictionary<Uuid, ImmutableSortedSet<Uuid>> NoOrigins = ImmutableDictionary<Uuid, ImmutableSortedSet<Uuid>>.Empty;

    private readonly ImagesByUuid _byUuid;
    private readonly ImmutableSortedSet<Image> _inOrder;
    private readonly ImmutableDictionary<Uuid, ImmutableSortedSet<Uuid>> _byOrigin;
    private readonly RecentAnswers _answers = new();

    private Catalogue(
        ImagesByUuid byUuid,
        ImmutableSortedSet<Image> inOrder,
        ImmutableDictionary<Uuid, ImmutableSortedSet<Uuid>> byOrigin)
    {
        _byUuid = byUuid;
        _inOrder = inOrder;
        _byOrigin = byOrigin;
    }

    /// <summary>The catalogue of a start. Its orders are made side by side: they are much of what a start does on one thread.</summary>
    public static Catalogue From(IReadOnlyCollection<Image> images)
    {
        var (byUuid, inOrder, byOrigin) = (default(ImagesByUuid), default(ImmutableSortedSet<Image>), NoOrigins);
        Parallel.Invoke(
            () => byUuid = ImagesByUuid.From(images),
            () => inOrder = images.ToImmutableSortedSet(PublicationOrder.Instance),
            () => byOrigin = images.Where(image => image.Details.Origin is not null)
                .GroupBy(image => image.Details.Origin!.Value, image => image.Uuid)
                .ToImmutableDictionary(group => group.Key, group => group.ToImmutableSortedSet()));
        return new Catalogue(byUuid!, inOrder!, byOrigin);
    }

    public Image? Find(Uuid uuid) => _byUuid.Find(uuid);

    public IEnumerable<Image> DependentsOf(Uuid origin) =>
        _byOrigin.GetValueOrDefault(origin, NoUuids).Select(uuid => _byUuid.Find(uuid)!);

    /// <summary>The catalogue after one write; either argument may be null, for an addition or a removal.</summary>
    public Catalogue Replace(Image? before, Image? after)
    {
        var (byUuid, inOrder, byOrigin) = (_byUuid, _inOrder, _byOrigin);
        if (before is not null)
        {
            byUuid = byUuid.Without(before.Uuid);
            inOrder = inOrder.Remove(before);
            byOrigin = WithoutDependent(byOrigin, before);
        }

        if (after is not null)
        {
            byUuid = byUuid.With(after);
            inOrder = inOrder.Add(after);
            byOrigin = WithDependent(byOrigin, after);
        }

        return new Catalogue(byUuid, inOrder, byOrigin);
    }

    /// <summary>
    /// The images that the query asks for, in its order. The answers to the last few queries are kept, so that whoever asks
    /// the same of the same catalogue gets the same instance, and can keep what was derived from it beside it.
    /// </summary>
    public IReadOnlyList<Image> Query(ImageQuery query) =>
        _answers.GetOrAdd(query, () => [.. Walk(query).Where(query.Matches).Take(query.Limit ?? int.MaxValue)]);

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
        var marker = Find(uuid) is { } image && !query.Hides(image) ? image : throw ImageNotFound.Exception(uuid);
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
