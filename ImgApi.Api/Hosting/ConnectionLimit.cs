using System.Globalization;

namespace ImgApi.Api.Hosting;

/// <summary>The default of <c>maxConnections</c>, which depends on the limit of open files.</summary>
internal static class ConnectionLimit
{
    /// <summary>Upper bound, since each connection can occupy 64 KiB before its request is complete.</summary>
    public const int Max = 4096;

    /// <summary>Lower bound, even if the limit of open files is lower.</summary>
    public const int Min = 32;

    /// <summary>Files that the server needs: 270 of its own, which is a measured value, and those of <see cref="Min"/> connections.</summary>
    public const int MinFiles = 384;

    // Assemblies, two files for each thread, jobs, the lock of the data folder.
    private const int Reserved = 640;

    // A transfer opens a socket, a file, and its folder during the flush.
    private const int FilesPerConnection = 3;

    // For systems without /proc.
    private const int DefaultLimit = 1024;

    private const string Limits = "/proc/self/limits";
    private const string LimitName = "Max open files";

    public static int Connections() => Connections(Text());

    /// <summary>The number of files that this process may open.</summary>
    public static int FileLimit() => FileLimit(Text());

    /// <summary>The limit for a content of <c>/proc/self/limits</c>.</summary>
    internal static int Connections(string limits) =>
        Math.Clamp((FileLimit(limits) - Reserved) / FilesPerConnection, Min, Max);

    private static string Text() => File.Exists(Limits) ? File.ReadAllText(Limits) : "";

    /// <summary>Uses only the core library, see <see cref="CommandLine.Server.FileLimitCheck"/>.</summary>
    private static int FileLimit(string limits)
    {
        var line = limits.IndexOf(LimitName, StringComparison.Ordinal);
        var word = line < 0 ? "" : limits[(line + LimitName.Length)..].TrimStart().Split(' ', 2)[0];
        return word == "unlimited" ? int.MaxValue
            : int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
            : DefaultLimit;
    }
}
