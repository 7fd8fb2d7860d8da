using System.Globalization;

namespace ImgApi.Tests.Security.Abuse;

/// <summary>Counts a server's connections in the kernel's tables.</summary>
internal static class Sockets
{
    private static readonly string[] Tables = ["/proc/net/tcp", "/proc/net/tcp6"];

    /// <summary>The number of the server's connections, without listening sockets and those in TIME_WAIT.</summary>
    public static int HeldBy(Uri server)
    {
        var local = ":" + server.Port.ToString("X4", CultureInfo.InvariantCulture);
        return Tables.Where(File.Exists).SelectMany(File.ReadLines)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Count(fields => fields[1].EndsWith(local, StringComparison.Ordinal) && fields[3] != "0A" && fields[9] != "0");
    }
}
