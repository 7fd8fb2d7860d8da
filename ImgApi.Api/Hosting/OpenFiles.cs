using System.Globalization;

namespace ImgApi.Api.Hosting;

/// <summary>How many connections fit into the files that the system lets this process have open.</summary>
internal static class OpenFiles
{
    /// <summary>The most connections; each can hold 64 KiB without having sent a whole request.</summary>
    public const int MostConnections = 4096;

    /// <summary>The fewest, however low the limit is: with less, nobody is served.</summary>
    public const int FewestConnections = 32;

    /// <summary>Files that the server needs: 270 for itself, as counted once everything had been in use, and those of the fewest connections.</summary>
    public const int MinFiles = 384;

    // The program's own: libraries, two for each thread, jobs, the lock of the data folder.
    private const int Reserved = 640;

    // A transfer has a socket and a file, and its folder while that is flushed.
    private const int EachConnection = 3;

    // What systems grant that do not say.
    private const int UsualLimit = 1024;

    private const string Limits = "/proc/self/limits";
    private const string LimitName = "Max open files";

    /// <summary>The connections that are taken at a time if the configuration does not say.</summary>
    public static int Connections() => Connections(Text());

    /// <summary>How many files this process may have open at a time.</summary>
    public static int Limit() => Limit(Text());

    /// <summary>The connections by the text of <c>/proc/self/limits</c>; by the usual limit if it does not say.</summary>
    internal static int Connections(string limits) =>
        Math.Clamp((Limit(limits) - Reserved) / EachConnection, FewestConnections, MostConnections);

    private static string Text() => File.Exists(Limits) ? File.ReadAllText(Limits) : "";

    /// <summary>Uses the core library alone, see <see cref="CommandLine.FileLimitCheck"/>.</summary>
    private static int Limit(string limits)
    {
        var line = limits.IndexOf(LimitName, StringComparison.Ordinal);
        var word = line < 0 ? "" : limits[(line + LimitName.Length)..].TrimStart().Split(' ', 2)[0];
        return word == "unlimited" ? int.MaxValue
            : int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
            : UsualLimit;
    }
}
