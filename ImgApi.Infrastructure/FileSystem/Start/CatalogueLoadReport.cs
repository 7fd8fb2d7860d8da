namespace ImgApi.Infrastructure.FileSystem.Start;

/// <summary>What was found when the data folder was opened.</summary>
/// <param name="Loaded">Images that are served.</param>
/// <param name="Broken">Folders that were skipped and left as they are.</param>
/// <param name="Repaired">What an earlier crash or fault had left and was put in order, a sentence each.</param>
/// <param name="Lost">Content of images that are served that was not there.</param>
public sealed record CatalogueLoadReport(
    int Loaded, IReadOnlyList<BrokenFolder> Broken, IReadOnlyList<string> Repaired, IReadOnlyList<LostContent> Lost);

/// <summary>A folder in the data folder that is no readable image.</summary>
/// <param name="Folder">Its name.</param>
/// <param name="Reason">Why it is not served, for the operator.</param>
public sealed record BrokenFolder(string Folder, string Reason);

/// <summary>Content that a manifest names and that is not there.</summary>
/// <param name="Image">The image.</param>
/// <param name="Content">Where it should be.</param>
/// <param name="Kind">What it is.</param>
public sealed record LostContent(Uuid Image, ContentKey Content, ContentKind Kind);
