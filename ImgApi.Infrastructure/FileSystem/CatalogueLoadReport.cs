namespace ImgApi.Infrastructure.FileSystem;

/// <summary>What was found when the data folder was opened.</summary>
/// <param name="Loaded">Images that are served.</param>
/// <param name="Broken">Folders that were skipped and left as they are.</param>
/// <param name="Repaired">What an earlier crash or fault had left and was put in order, a sentence each.</param>
public sealed record CatalogueLoadReport(int Loaded, IReadOnlyList<BrokenFolder> Broken, IReadOnlyList<string> Repaired);

/// <summary>A folder in the data folder that is no readable image.</summary>
/// <param name="Folder">Its name.</param>
/// <param name="Reason">Why it is not served, for the operator.</param>
public sealed record BrokenFolder(string Folder, string Reason);
