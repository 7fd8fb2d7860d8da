namespace ImgApi.Infrastructure.Catalogue;

/// <summary>The order of lists: by the instant of <c>published_at</c>, those without it as the oldest, then by uuid.</summary>
internal sealed class PublicationOrder : IComparer<Image>
{
    public static PublicationOrder Instance { get; } = new();

    public static DateTimeOffset InstantOf(Image image) => image.Details.PublishedAt?.Instant ?? DateTimeOffset.MinValue;

    public int Compare(Image? x, Image? y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        // Images without published_at come before any that has one, even one at the beginning of time.
        var byPresence = (x.Details.PublishedAt is not null).CompareTo(y.Details.PublishedAt is not null);
        if (byPresence != 0)
        {
            return byPresence;
        }

        var byInstant = InstantOf(x).CompareTo(InstantOf(y));
        return byInstant != 0 ? byInstant : x.Uuid.CompareTo(y.Uuid);
    }
}
