namespace ImgApi.Infrastructure.Catalogue;

/// <summary>The order for people: the newest first, and before them images without <c>published_at</c>, which somebody is still working on.</summary>
internal sealed class NewestFirst : IComparer<Image>
{
    public static NewestFirst Instance { get; } = new();

    public int Compare(Image? x, Image? y)
    {
        var isPublished = (x!.Details.PublishedAt is not null).CompareTo(y!.Details.PublishedAt is not null);
        return isPublished != 0 ? isPublished : PublicationOrder.Instance.Compare(y, x);
    }
}
