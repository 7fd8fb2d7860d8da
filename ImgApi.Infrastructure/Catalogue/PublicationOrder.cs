namespace ImgApi.Infrastructure.Catalogue;

/// <summary>
/// The order of lists: by <c>published_at</c>, then by UUID. Images without it precede all others, even one published at the beginning of time.
/// </summary>
internal sealed class PublicationOrder : IComparer<Image>
{
    public static PublicationOrder Instance { get; } = new();

    public static DateTimeOffset InstantOf(Image image) => image.Details.PublishedAt?.Instant ?? DateTimeOffset.MinValue;

    public int Compare(Image? x, Image? y) => KeyOf(x!).CompareTo(KeyOf(y!));

    private static (bool, DateTimeOffset, Uuid) KeyOf(Image image) => (image.Details.PublishedAt is not null, InstantOf(image), image.Uuid);
}
