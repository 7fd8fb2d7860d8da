namespace ImgApi.Tests.Resilience.Faults;

/// <summary>
/// The order of system calls that keeps every image in its old or its new state if the power fails at any instant: bytes are flushed before
/// they get a name, and a name is flushed before anything relies on it (a manifest on its content, a deletion on the manifest, an answer
/// on everything).
/// </summary>
internal sealed class DurabilityRules(string dataFolder)
{
    private static readonly string[] Writes = ["write", "pwrite64", "writev", "pwritev", "ftruncate", "fallocate"];
    private static readonly string[] Flushes = ["fsync", "fdatasync"];
    private static readonly string[] Renames = ["rename", "renameat", "renameat2", "link"];
    private static readonly string[] Deletions = ["unlink", "unlinkat"];
    private static readonly string[] Sends = ["sendto", "sendmsg", "write", "writev"];

    /// <summary>One sentence for each call that is out of order.</summary>
    public IReadOnlyList<string> Violations(IReadOnlyList<SystemCall> calls) =>
    [
        .. calls.Where(IsRename).SelectMany(rename => OfRename(rename, calls)),
        .. calls.Where(call => Deletions.Contains(call.Name) && IsContent(call.Paths[0]))
            .SelectMany(deletion => UnflushedNames(deletion, calls).Select(name => $"{deletion.Paths[0]} is deleted before {name} is flushed")),
        .. calls.Where(IsAnswer).SelectMany(answer => UnflushedNames(answer, calls).Select(name => $"the answer is sent before {name} is flushed")),
    ];

    /// <summary>The renames, deletions and answers in order, without the random parts of names.</summary>
    public IEnumerable<string> Outline(IReadOnlyList<SystemCall> calls) =>
        from call in calls
        where IsRename(call) || IsAnswer(call) || (Deletions.Contains(call.Name) && IsContent(call.Paths[0]))
        orderby call.Began
        select IsRename(call) ? $"named {Kind(call.Paths[1])}" : IsAnswer(call) ? "answered" : $"deleted {Kind(call.Paths[0])}";

    private static IEnumerable<string> OfRename(SystemCall rename, IReadOnlyList<SystemCall> calls)
    {
        var (from, to) = (rename.Paths[0], rename.Paths[1]);
        if (to.Contains("/.imgapi-deleted-", StringComparison.Ordinal))
        {
            return [];
        }

        // Renaming a folder renames all its files at once, so the files and their names have to be flushed before.
        var shown = calls.Where(call => call.Ended < rename.Began && call.DescriptorPath is var path && (path == from || Path.GetDirectoryName(path) == from));
        var unflushed = shown.Where(call => Writes.Contains(call.Name) && !IsFlushed(call, call.DescriptorPath, rename, calls)).Select(call => call.DescriptorPath);
        var inFolder = shown.Where(call => Writes.Contains(call.Name) && call.DescriptorPath != from && !IsFlushed(call, from, rename, calls)).Select(_ => from);
        return unflushed.Concat(inFolder).Distinct().Select(path => $"{to} is named before {path} is flushed")
            .Concat(UnflushedNames(rename, calls).Select(name => $"{to} is named before the name {name} is flushed"));
    }

    /// <summary>The targets of earlier renames that are not flushed when the call begins.</summary>
    private static IEnumerable<string> UnflushedNames(SystemCall before, IReadOnlyList<SystemCall> calls) =>
        from rename in calls
        where IsRename(rename) && rename.Ended < before.Began
        where !IsFlushed(rename, Path.GetDirectoryName(rename.Paths[1])!, before, calls)
        select rename.Paths[1];

    private static bool IsFlushed(SystemCall change, string path, SystemCall before, IReadOnlyList<SystemCall> calls) =>
        calls.Any(call => Flushes.Contains(call.Name) && call.DescriptorPath == path && call.Began > change.Ended && call.Ended < before.Began);

    private static bool IsRename(SystemCall call) => Renames.Contains(call.Name);

    private static bool IsAnswer(SystemCall call) =>
        Sends.Contains(call.Name)
        && call.DescriptorPath.StartsWith("socket:", StringComparison.Ordinal)
        && call.Arguments.Contains("\"HTTP/1.1 20", StringComparison.Ordinal);

    private bool IsContent(string path) =>
        path.StartsWith(dataFolder, StringComparison.Ordinal)
        && !path.Contains("/.imgapi-", StringComparison.Ordinal)
        && Kind(path) is "image" or "icon";

    private static string Kind(string path)
    {
        var name = Path.GetFileName(path);
        return Guid.TryParse(name, out _) ? "folder"
            : Path.GetFileName(Path.GetDirectoryName(path)) == ".imgapi-uploads" ? "upload"
            : name.StartsWith(".imgapi-deleted-", StringComparison.Ordinal) ? "trash"
            : name.Split('-')[0];
    }
}
