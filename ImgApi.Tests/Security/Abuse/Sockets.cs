using System.Globalization;

namespace ImgApi.Tests.Security.Abuse;

/// <summary>What the kernel knows of a server's connections.</summary>
internal static class Sockets
{
    private static readonly string[] Tables = ["/proc/net/tcp", "/proc/net/tcp6"];

    /// <summary>Connections at the server's end of which something is still held: neither listening nor merely remembered.</summary>
    public static int HeldBy(Uri server)
    {
        var local = ":" + server.Port.ToString("X4", CultureInfo.InvariantCulture);
        return Tables.Where(File.Exists).SelectMany(File.ReadLines)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Count(fields => fields[1].EndsWith(local, StringComparison.Ordinal) && fields[3] != "0A" && fields[9] != "0");
    }
}
