using System.Text.RegularExpressions;

namespace ImgApi.Tests.Resilience.Crash;

/// <summary>The names that <c>docs/operating.md</c> lists for the data folder, independent of the product's own constants.</summary>
internal static partial class DataFolderNames
{
    private const string JobFolder = ".imgapi-jobs";
    private const string UploadFolder = ".imgapi-uploads";
    private const string AuditFolder = ".imgapi-audit";

    private static readonly string[] Files =
        [".imgapi.lock", ".imgapi-damages.json", ".imgapi-fetches.json", ".imgapi-token-uses.json", ".imgapi-webhooks.json", ".imgapi-index"];

    /// <summary>The paths of unfinished work that a killed server left for the next start to repair.</summary>
    public static string[] UnfinishedWork(string root) =>
    [
        .. Directory.GetFileSystemEntries(root).Where(path => Unfinished.IsMatch(Path.GetFileName(path))),
        .. ImageFolders(root).SelectMany(folder => Directory.GetFiles(folder).Where(file => IsUnfinishedWork(folder, Path.GetFileName(file)))),
    ];

    /// <summary>The paths that the document does not mention.</summary>
    public static string[] Undocumented(string root) =>
    [
        .. Directory.GetFiles(root).Where(path => !Files.Contains(Path.GetFileName(path)) && !IsUnfinished(path)),
        .. Directory.GetDirectories(root).Where(path => !IsUnfinished(path) && Path.GetFileName(path) is not (JobFolder or UploadFolder or AuditFolder) && !Guid.TryParseExact(Path.GetFileName(path), "D", out _)),
        .. JobFiles(root).Where(path => !IsUnfinished(path) && !IsJob(path)),
        .. ImageFolders(root).SelectMany(Directory.GetDirectories),
        .. ImageFolders(root).SelectMany(Directory.GetFiles).Where(path =>
            Path.GetFileName(path) is var name && name != "manifest.json" && !Content.IsMatch(name) && !IsUnfinished(path)),
    ];

    /// <summary>Whether the path is a temporary file directly in the data folder.</summary>
    public static bool IsTemporaryOf(string root, string path) => Path.GetDirectoryName(path) == root && IsUnfinished(path) && Path.GetExtension(path) == ".tmp";

    /// <summary>The UUIDs of the stored jobs.</summary>
    public static IEnumerable<string> Jobs(string root) => JobFiles(root).Where(IsJob).Select(path => Path.GetFileNameWithoutExtension(path));

    /// <summary>The paths of the image folders.</summary>
    public static IEnumerable<string> ImageFolders(string root) =>
        Directory.GetDirectories(root).Where(path => Guid.TryParseExact(Path.GetFileName(path), "D", out _));

    private static string[] JobFiles(string root) =>
        Directory.Exists(Path.Combine(root, JobFolder)) ? Directory.GetFiles(Path.Combine(root, JobFolder)) : [];

    private static bool IsJob(string path) =>
        Path.GetExtension(path) == ".json" && Guid.TryParseExact(Path.GetFileNameWithoutExtension(path), "D", out _);

    private static bool IsUnfinished(string path) => Unfinished.IsMatch(Path.GetFileName(path));

    private static bool IsUnfinishedWork(string folder, string name) =>
        Unfinished.IsMatch(name)
        || (Content.IsMatch(name) && !File.ReadAllText(Path.Combine(folder, "manifest.json")).Contains(name, StringComparison.Ordinal));

    [GeneratedRegex(@"\A(image-[0-9a-f]{16}(\.gz|\.bz2|\.xz)?|icon-[0-9a-f]{16}\.(png|jpg|gif))\z")]
    private static partial Regex Content { get; }

    [GeneratedRegex(@"\A\.imgapi-([0-9a-f]{16}\.tmp|new-[0-9a-f-]{36}|deleted-[0-9a-f-]{36}-[0-9a-f]{16}|moving\.json)\z")]
    private static partial Regex Unfinished { get; }
}
