namespace ImgApi.Infrastructure.FileSystem.Backups;

/// <summary>What a backup or its restoration has copied.</summary>
/// <param name="Path">The folder of the backup.</param>
/// <param name="Images">Number of images.</param>
/// <param name="Files">Number of files that were not there before.</param>
/// <param name="Bytes">Bytes copied, without those of files that are hard links.</param>
/// <param name="Problems">Images that are damaged or unreadable, in the source too: a UUID, and what is wrong.</param>
public sealed record BackupReport(string Path, int Images, int Files, long Bytes, IReadOnlyList<string> Problems);
