using System.Globalization;
using System.Text.RegularExpressions;

namespace ImgApi.Api.Hosting;

/// <summary>How many connections fit into the files that the system lets this process have open.</summary>
internal static partial class OpenFiles
{
    /// <summary>The most connections; each can hold 64 KiB without having sent a whole request.</summary>
    public const int MostConnections = 4096;

    /// <summary>The fewest, however low the limit is: with less, nobody is served.</summary>
    public const int FewestConnections = 32;

    // The program's own: libraries, two for each thread, jobs, the lock of the data folder.
    private const int Reserved = 640;

    // A transfer has a socket and a file, and its folder while that is flushed.
    private const int EachConnection = 3;

    // What systems grant that do not say.
    private const int UsualLimit = 1024;

    private const string Limits = "/proc/self/limits";

    /// <summary>The connections that are taken at a time if the configuration does not say.</summary>
    public static int Connections() => Connections(File.Exists(Limits) ? File.ReadAllText(Limits) : "");

    /// <summary>The same by the text of <c>/proc/self/limits</c>; by the usual limit if it does not say.</summary>
    internal static int Connections(string limits)
    {
        var limit = LimitLine.Match(limits) is { Success: true } line ? line.Groups[1].Value : "";
        var files = limit == "unlimited" ? int.MaxValue
            : int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
            : UsualLimit;
        return Math.Clamp((files - Reserved) / EachConnection, FewestConnections, MostConnections);
    }

    [GeneratedRegex(@"^Max open files\s+(\d+|unlimited)\s", RegexOptions.Multiline)]
    private static partial Regex LimitLine { get; }
}
