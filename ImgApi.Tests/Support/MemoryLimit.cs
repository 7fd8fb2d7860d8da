using System.Globalization;

namespace ImgApi.Tests.Support;

/// <summary>A control group with a memory limit, like that of a container. Needs root: otherwise the test is skipped, or fails in CI.</summary>
internal sealed class MemoryLimit : IDisposable
{
    private const string Groups = "/sys/fs/cgroup";

    private readonly string _group;

    private MemoryLimit(string group) => _group = group;

    /// <summary>The beginning of a command line that starts a program inside the group.</summary>
    public string[] Wrapper => ["sh", "-c", $"echo $$ > {_group}/cgroup.procs && exec \"$@\"", "sh"];

    /// <summary>Creates a group.</summary>
    /// <param name="bytes">The limit in bytes.</param>
    public static MemoryLimit Of(long bytes)
    {
        var isFirstVersion = Directory.Exists($"{Groups}/memory");
        var group = Path.Combine(isFirstVersion ? $"{Groups}/memory" : Groups, $"imgapi-test-{Guid.NewGuid()}");
        try
        {
            Directory.CreateDirectory(group);
            var limit = Path.Combine(group, isFirstVersion ? "memory.limit_in_bytes" : "memory.max");
            File.WriteAllText(limit, bytes.ToString(CultureInfo.InvariantCulture));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            Tools.Missing($"a control group with a memory limit needs root: {refused.Message}");
        }

        return new MemoryLimit(group);
    }

    /// <summary>Removes the group, whose processes must have ended.</summary>
    public void Dispose() => Directory.Delete(_group);
}
