using System.Text.RegularExpressions;

namespace ImgApi.Tests.Resilience.Crash;

/// <summary>The names that docs/operating.md lists for the data folder, written down a second time so that nothing is checked by itself.</summary>
internal static partial class DataFolderNames
{
    private const string JobFolder = ".imgapi-jobs";

    /// <summary>Paths of what a killed server left for the next start to repair.</summary>
    public static string[] Litter(string root) =>
    [
        .. Directory.GetFileSystemEntries(root).Where(path => Unfinished.IsMatch(Path.GetFileName(path))),
        .. ImageFolders(root).SelectMany(folder => Directory.GetFiles(folder).Where(file => IsLitter(folder, Path.GetFileName(file)))),
    ];

    /// <summary>Paths that no document mentions.</summary>
    public static string[] Undocumented(string root) =>
    [
        .. Directory.GetFiles(root).Where(path => Path.GetFileName(path) is not (".imgapi.lock" or ".imgapi-damages.json" or ".imgapi-index") && !IsUnfinished(path)),
        .. Directory.GetDirectories(root).Where(path => !IsUnfinished(path) && Path.GetFileName(path) != JobFolder && !Guid.TryParseExact(Path.GetFileName(path), "D", out _)),
        .. JobFiles(root).Where(path => !IsUnfinished(path) && !IsJob(path)),
        .. ImageFolders(root).SelectMany(Directory.GetDirectories),
        .. ImageFolders(root).SelectMany(Directory.GetFiles).Where(path =>
            Path.GetFileName(path) is var name && name != "manifest.json" && !Content.IsMatch(name) && !IsUnfinished(path)),
    ];

    /// <summary>Whether it is a temporary file that lies in the data folder itself.</summary>
    public static bool IsTemporaryOf(string root, string path) => Path.GetDirectoryName(path) == root && IsUnfinished(path) && Path.GetExtension(path) == ".tmp";

    /// <summary>The uuids of the jobs that are kept.</summary>
    public static IEnumerable<string> Jobs(string root) => JobFiles(root).Where(IsJob).Select(path => Path.GetFileNameWithoutExtension(path));

    /// <summary>The folders of images.</summary>
    public static IEnumerable<string> ImageFolders(string root) =>
        Directory.GetDirectories(root).Where(path => Guid.TryParseExact(Path.GetFileName(path), "D", out _));

    private static string[] JobFiles(string root) =>
        Directory.Exists(Path.Combine(root, JobFolder)) ? Directory.GetFiles(Path.Combine(root, JobFolder)) : [];

    private static bool IsJob(string path) =>
        Path.GetExtension(path) == ".json" && Guid.TryParseExact(Path.GetFileNameWithoutExtension(path), "D", out _);

    private static bool IsUnfinished(string path) => Unfinished.IsMatch(Path.GetFileName(path));

    private static bool IsLitter(string folder, string name) =>
        Unfinished.IsMatch(name)
        || (Content.IsMatch(name) && !File.ReadAllText(Path.Combine(folder, "manifest.json")).Contains(name, StringComparison.Ordinal));

    [GeneratedRegex(@"\A(image-[0-9a-f]{16}(\.gz|\.bz2|\.xz)?|icon-[0-9a-f]{16}\.(png|jpg|gif))\z")]
    private static partial Regex Content { get; }

    [GeneratedRegex(@"\A\.imgapi-([0-9a-f]{16}\.tmp|new-[0-9a-f-]{36}|deleted-[0-9a-f-]{36}-[0-9a-f]{16}|moving\.json)\z")]
    private static partial Regex Unfinished { get; }
}
