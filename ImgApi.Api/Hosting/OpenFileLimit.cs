using System.Globalization;

namespace ImgApi.Api.Hosting;

/// <summary>How many files and sockets the system lets the process have open at once.</summary>
internal static class OpenFileLimit
{
    private const string Limits = "/proc/self/limits";
    private const string Line = "Max open files";

    // The program itself has a few hundred open: its assemblies, and two for each thread.
    private const long OwnUse = 640;
    private const long FewestConnections = 32;

    // A socket, the file that is sent or received, and the folder while it is flushed.
    private const long PerConnection = 3;

    /// <summary>
    /// The most connections for which there is room; null where the system sets no limit, or tells none. One more is closed
    /// at once. It has to be so: .NET ends the process if it cannot start a thread, and stays broken if it cannot load an
    /// assembly, for want of a handle.
    /// </summary>
    public static long? Connections => Soft is { } limit ? Math.Max(FewestConnections, (limit - OwnUse) / PerConnection) : null;

    private static long? Soft
    {
        get
        {
            try
            {
                var line = File.ReadLines(Limits).FirstOrDefault(line => line.StartsWith(Line, StringComparison.Ordinal));
                var number = line?[Line.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
                return long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? limit : null;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }
    }
}
