using System.Text.Json.Serialization;

namespace ImgApi.Api.Contracts;

/// <summary>How the server is.</summary>
/// <param name="Status"><c>ok</c>; <c>degraded</c> if something needs the operator; <c>down</c> if the data folder does not work.</param>
/// <param name="Images">Images that are served.</param>
/// <param name="UnactivatedImages">Those among them that were never activated: unless somebody is about to, they only take room.</param>
/// <param name="BrokenFolders">Folders of the data folder that could not be read as images when the server started.</param>
/// <param name="DamagedContents">Files and icons whose bytes are not what they should be.</param>
/// <param name="Damages">Which; only for callers with credentials.</param>
/// <param name="SuspectFiles">Images whose file no machine can install as their manifest describes it.</param>
/// <param name="Suspects">Which; only for callers with credentials.</param>
/// <param name="Warnings">What deserves attention in the configuration; only for callers with credentials.</param>
/// <param name="FreeBytes">Room that the data folder's file system has left for this server, in bytes; absent if it cannot be told.</param>
/// <param name="LastScrub">When all content was last re-read, <c>YYYY-MM-DDTHH:MM:SS.SSSZ</c>; absent before the first time.</param>
public sealed record HealthReport(
    [property: JsonPropertyName("status")] string Status,
    [property: JsonPropertyName("images")] int Images,
    [property: JsonPropertyName("unactivated_images")] int UnactivatedImages,
    [property: JsonPropertyName("broken_folders")] int BrokenFolders,
    [property: JsonPropertyName("damaged_contents")] int DamagedContents,
    [property: JsonPropertyName("damages")] IReadOnlyList<DamageEntry>? Damages,
    [property: JsonPropertyName("suspect_files")] int SuspectFiles,
    [property: JsonPropertyName("suspects")] IReadOnlyList<SuspectEntry>? Suspects,
    [property: JsonPropertyName("warnings")] IReadOnlyList<string>? Warnings,
    [property: JsonPropertyName("free_bytes")] long? FreeBytes,
    [property: JsonPropertyName("last_scrub")] string? LastScrub);

/// <summary>Damaged content.</summary>
/// <param name="Image">UUID of the image.</param>
/// <param name="Reason">What is wrong.</param>
/// <param name="FoundAt">When it was found.</param>
public sealed record DamageEntry(
    [property: JsonPropertyName("image")] string Image,
    [property: JsonPropertyName("reason")] string Reason,
    [property: JsonPropertyName("found_at")] string FoundAt);

/// <summary>A file that no machine can install.</summary>
/// <param name="Image">UUID of the image.</param>
/// <param name="Reasons">Why, a sentence each.</param>
public sealed record SuspectEntry(
    [property: JsonPropertyName("image")] string Image,
    [property: JsonPropertyName("reasons")] IReadOnlyList<string> Reasons);
