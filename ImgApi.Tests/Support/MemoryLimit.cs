using System.Globalization;

namespace ImgApi.Tests.Support;

/// <summary>A control group with a bound on memory, as containers have. Needs root: elsewhere the test is skipped, in CI it fails.</summary>
internal sealed class MemoryLimit : IDisposable
{
    private const string Groups = "/sys/fs/cgroup";

    private readonly string _group;

    private MemoryLimit(string group) => _group = group;

    /// <summary>Starts the program that follows inside the group.</summary>
    public string[] Wrapper => ["sh", "-c", $"echo $$ > {_group}/cgroup.procs && exec \"$@\"", "sh"];

    /// <summary>Makes a group.</summary>
    /// <param name="bytes">The bound.</param>
    public static MemoryLimit Of(long bytes)
    {
        var isFirstVersion = Directory.Exists($"{Groups}/memory");
        var group = Path.Combine(isFirstVersion ? $"{Groups}/memory" : Groups, $"imgapi-test-{Guid.NewGuid()}");
        try
        {
            Directory.CreateDirectory(group);
            var bound = Path.Combine(group, isFirstVersion ? "memory.limit_in_bytes" : "memory.max");
            File.WriteAllText(bound, bytes.ToString(CultureInfo.InvariantCulture));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            Tools.Missing($"no control group with a bound on memory can be made here, which needs root: {refused.Message}");
        }

        return new MemoryLimit(group);
    }

    /// <summary>Removes the group; its processes have to have ended.</summary>
    public void Dispose() => Directory.Delete(_group);
}
