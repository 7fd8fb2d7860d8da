namespace ImgApi.Api.Web.Images;

/// <summary>What the page of images shows.</summary>
/// <param name="Rows">The images of this page, each with the number of older ones that are not shown.</param>
/// <param name="Next">The first image of the next page; null on the last page.</param>
/// <param name="Damaged">Images whose file is damaged.</param>
/// <param name="Waiting">Images that wait for approval, of those that the caller may know of; the oldest request first. None below a search.</param>
/// <param name="SeesAllStates">Whether the caller may see images that are not active.</param>
internal sealed record ImagesView(
    ImageSearch Search, IReadOnlyList<ImageVersions> Rows, Uuid? Next, IReadOnlySet<Uuid> Damaged, IReadOnlyList<Image> Waiting, bool SeesAllStates, DateTimeOffset Now)
{
    /// <summary>Rows of a page.</summary>
    public const int PageSize = 50;

    /// <summary>How many images the page shows.</summary>
    public string Summary => Count.Of(Rows.Count, "image") + (Next is null ? "" : " on this page, more on the next");
}
