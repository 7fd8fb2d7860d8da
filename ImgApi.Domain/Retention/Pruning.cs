namespace ImgApi.Domain.Retention;

/// <summary>Decides which images are too old. The server and <c>imgapi prune</c> both ask it.</summary>
public static class Pruning
{
    /// <summary>The images that go, each before its origin. Origins of images that stay are not among them.</summary>
    /// <param name="all">All images of the server, since those that stay protect others.</param>
    public static IReadOnlyList<Image> Select(IReadOnlyList<AgedImage> all, RetentionRules rules, DateTimeOffset now)
    {
        var newest = Newest(all, rules.Keep ?? 1);
        var going = all.Where(aged => !aged.IsHeld && now - aged.LastFetch >= rules.FetchedWithin && IsOld(aged, rules, newest, now))
            .ToDictionary(aged => aged.Image.Uuid, aged => aged.Image);
        foreach (var staying in all.Where(aged => !going.ContainsKey(aged.Image.Uuid)).ToArray())
        {
            KeepOrigins(staying.Image, going);
        }

        return [.. going.Values.OrderByDescending(image => Depth(image, going)).ThenBy(image => image.Details.Name, StringComparer.Ordinal).ThenBy(PublishedAt)];
    }

    private static bool IsOld(AgedImage aged, RetentionRules rules, HashSet<Uuid> newest, DateTimeOffset now) => aged.Image switch
    {
        { State: ImageState.Unactivated } => now - aged.IdleSince > rules.Unactivated,
        { Activated: true, Details.PublishedAt.Instant: var published } =>
            rules.PrunesActivated && now - published > (rules.OlderThan ?? TimeSpan.Zero) && !newest.Contains(aged.Image.Uuid),
        _ => false,
    };

    /// <summary>
    /// The images that have less than <paramref name="keep"/> newer active ones of their name, owner and publisher in one of their channels. Any
    /// publisher may write the name and owner of others, and must not thereby remove their images.
    /// </summary>
    private static HashSet<Uuid> Newest(IReadOnlyList<AgedImage> all, int keep)
    {
        var newest = new HashSet<Uuid>();
        var series = from image in all.Select(aged => aged.Image)
                     where image.Activated
                     from channel in image.Details.Channels is { Count: > 0 } channels ? channels : [""]
                     group image by (image.Publisher, image.Details.Owner, image.Details.Name, channel);
        foreach (var one in series)
        {
            var newer = 0;
            foreach (var image in one.OrderByDescending(PublishedAt).ThenBy(image => image.Uuid).TakeWhile(_ => newer < keep))
            {
                newest.Add(image.Uuid);
                newer += image.IsActive ? 1 : 0;
            }
        }

        return newest;
    }

    /// <summary>Ends at the first origin that stays, since that one keeps its own origins.</summary>
    private static void KeepOrigins(Image image, Dictionary<Uuid, Image> going)
    {
        while (image.Details.Origin is { } uuid && going.Remove(uuid, out var origin))
        {
            image = origin;
        }
    }

    /// <summary>The number of origins that go too. Stored images may form a circle.</summary>
    private static int Depth(Image image, Dictionary<Uuid, Image> going)
    {
        var depth = 0;
        while (depth < going.Count && image.Details.Origin is { } uuid && going.TryGetValue(uuid, out var origin))
        {
            (image, depth) = (origin, depth + 1);
        }

        return depth;
    }

    private static DateTimeOffset? PublishedAt(Image image) => image.Details.PublishedAt?.Instant;
}
