using System.Collections.Immutable;

namespace ImgApi.Infrastructure.Catalogue;

/// <summary>The images of one snapshot by name and all together, newest first. With it, a page of rows takes no look at all images.</summary>
internal sealed class VersionIndex(ImmutableSortedSet<Image> all, ImmutableDictionary<string, ImmutableSortedSet<Image>> byName)
{
    private static readonly ImmutableSortedSet<Image> None = ImmutableSortedSet.Create<Image>(NewestFirst.Instance);

    public static VersionIndex Of(IReadOnlyCollection<Image> images) => new(
        images.ToImmutableSortedSet(NewestFirst.Instance),
        images.GroupBy(image => image.Details.Name)
            .ToImmutableDictionary(group => group.Key, group => group.ToImmutableSortedSet(NewestFirst.Instance), StringComparer.Ordinal));

    /// <summary>The index after one write: <paramref name="before"/> is null for an addition, <paramref name="after"/> for a removal.</summary>
    public VersionIndex Replace(Image? before, Image? after)
    {
        var (order, names) = (all, byName);
        if (before is not null)
        {
            var rest = names[before.Details.Name].Remove(before);
            names = rest.IsEmpty ? names.Remove(before.Details.Name) : names.SetItem(before.Details.Name, rest);
            order = order.Remove(before);
        }

        if (after is not null)
        {
            names = names.SetItem(after.Details.Name, names.GetValueOrDefault(after.Details.Name, None).Add(after));
            order = order.Add(after);
        }

        return new VersionIndex(order, names);
    }

    /// <param name="marker">The image of the query's marker; null if it has none, or an instant.</param>
    /// <exception cref="OperationCanceledException">Also while it searches: words are sought in every image.</exception>
    public IReadOnlyList<ImageVersions> Query(ImageQuery query, Image? marker, CancellationToken cancellation)
    {
        var candidates = query.IsForOneName ? byName.GetValueOrDefault(query.Name!, None) : all;
        var matching = From(candidates, query.Marker, marker).Where(Matches);
        var rows = query.IsForOneName ? matching.Select(image => new ImageVersions(image, 0)) : Newest(matching, Matches);
        return [.. rows.Take(query.Limit ?? int.MaxValue)];

        bool Matches(Image image)
        {
            cancellation.ThrowIfCancellationRequested();
            return query.Matches(image);
        }
    }

    private static IEnumerable<Image> From(ImmutableSortedSet<Image> images, ListMarker? marker, Image? image)
    {
        if (marker is ListMarker.AtInstant { Instant: var instant })
        {
            return images.SkipWhile(image => image.Details.PublishedAt is null || image.Details.PublishedAt.Instant > instant);
        }

        // The complement is the place of an image that is not in the set.
        var start = image is null ? 0 : images.IndexOf(image);
        return start == 0 ? images : Enumerable.Range(start < 0 ? ~start : start, images.Count - (start < 0 ? ~start : start)).Select(i => images[i]);
    }

    private IEnumerable<ImageVersions> Newest(IEnumerable<Image> matching, Func<Image, bool> matches)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var image in matching.Where(image => names.Add(image.Details.Name)))
        {
            var versions = byName[image.Details.Name].Where(matches).ToArray();
            // With a marker, the row of the name may be on an earlier page.
            if (versions[0].Uuid == image.Uuid)
            {
                yield return new ImageVersions(image, versions.Length - 1);
            }
        }
    }
}
