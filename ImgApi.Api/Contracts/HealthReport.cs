namespace ImgApi.Api.Contracts;

/// <summary>The health of the server.</summary>
/// <param name="Status"><c>ok</c>; <c>degraded</c> if something needs the operator; <c>down</c> if the data folder cannot be used.</param>
/// <param name="Images">Number of images.</param>
/// <param name="UnactivatedImages">Number of images that were never activated. They may be left over from incomplete uploads.</param>
/// <param name="BrokenFolders">Image folders that could not be read when the server started.</param>
/// <param name="DamagedContents">Number of damaged files and icons.</param>
/// <param name="Damages">The damage; only for callers with credentials.</param>
/// <param name="SuspectFiles">Number of images whose file no machine can install.</param>
/// <param name="Suspects">These images; only for callers with credentials.</param>
/// <param name="UnfinishedUploads">Number of resumable uploads that are not complete.</param>
/// <param name="Uploads">These uploads, the oldest first; only for callers with credentials.</param>
/// <param name="Warnings">Warnings about the free space and the configuration; only for callers with credentials.</param>
/// <param name="FreeBytes">Bytes that the file system of the data folder has free for this server; absent if unknown.</param>
/// <param name="LastScrub">End of the last complete background check, <c>YYYY-MM-DDTHH:MM:SS.SSSZ</c>; absent before the first.</param>
internal sealed record HealthReport(
    string Status, int Images, int UnactivatedImages, int BrokenFolders,
    int DamagedContents, IReadOnlyList<DamageEntry>? Damages,
    int SuspectFiles, IReadOnlyList<SuspectEntry>? Suspects,
    int UnfinishedUploads, IReadOnlyList<UploadEntry>? Uploads,
    IReadOnlyList<string>? Warnings, long? FreeBytes, string? LastScrub);

/// <summary>Damaged content.</summary>
/// <param name="Image">UUID of the image.</param>
/// <param name="Reason">Description of the damage.</param>
/// <param name="FoundAt">When it was found.</param>
internal sealed record DamageEntry(string Image, string Reason, string FoundAt);

/// <summary>A file that no machine can install.</summary>
/// <param name="Image">UUID of the image.</param>
/// <param name="Reasons">The reasons, a sentence each.</param>
internal sealed record SuspectEntry(string Image, IReadOnlyList<string> Reasons);

/// <summary>A resumable upload that is not complete.</summary>
/// <param name="Upload">UUID of the upload.</param>
/// <param name="Image">UUID of the image.</param>
/// <param name="Offset">Bytes that have arrived.</param>
/// <param name="Length">Bytes of the whole file.</param>
/// <param name="CreatedAt">When it began.</param>
/// <param name="ExpiresAt">When it will be removed, unless more bytes arrive.</param>
internal sealed record UploadEntry(string Upload, string Image, long Offset, long Length, string CreatedAt, string ExpiresAt);
