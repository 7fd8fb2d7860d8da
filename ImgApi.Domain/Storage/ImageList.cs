namespace ImgApi.Domain.Storage;

/// <summary>The result of a query.</summary>
/// <param name="Images">The images, in the order of the query.</param>
/// <param name="Revision">
/// The revision of the catalogue that the list is of: the <see cref="Image.Revision"/> of the last write, or higher. The same query at
/// the same revision has the same result.
/// </param>
public sealed record ImageList(IReadOnlyList<Image> Images, long Revision);
