using ImgApi.Infrastructure.FileSystem.Layout;

namespace ImgApi.Infrastructure.FileSystem.Start;

/// <summary>The result of opening the data folder, for the operator.</summary>
/// <param name="Loaded">Number of images that are served.</param>
/// <param name="Broken">Folders that were skipped, unchanged.</param>
/// <param name="Repaired">Repairs after an earlier crash or fault, one sentence each.</param>
/// <param name="Missing">Missing content of images that are served.</param>
public sealed record CatalogueLoadReport(
    int Loaded, IReadOnlyList<BrokenFolder> Broken, IReadOnlyList<string> Repaired, IReadOnlyList<MissingContent> Missing);

/// <summary>A folder that cannot be read as an image.</summary>
public sealed record BrokenFolder(string Folder, string Reason);

/// <summary>Content that a manifest names, but that is missing.</summary>
public sealed record MissingContent(Uuid Image, ContentKey Content, ContentKind Kind)
{
    internal static IEnumerable<MissingContent> In(FolderListing folder, Image image)
    {
        if (image.File?.Content is { } file && folder.Find(file.Value) is null)
        {
            yield return new MissingContent(image.Uuid, file, ContentKind.File);
        }

        if (image.Icon?.Content is { } icon && folder.Find(icon.Value) is null)
        {
            yield return new MissingContent(image.Uuid, icon, ContentKind.Icon);
        }
    }
}
