using System.Text;
using ImgApi.Api.Hosting;
using Microsoft.Win32.SafeHandles;

namespace ImgApi.Api.CommandLine;

/// <summary>
/// Refuses to run where few files may be open. A .NET process keeps every assembly open that it has loaded, and breaks down in all
/// kinds of ways when it cannot open the next one. So this uses the core library alone: even the console is an assembly of its own.
/// </summary>
internal static class FileLimitCheck
{
    private const int StandardError = 2;

    /// <summary>Whether the limit is too low, which standard error then says.</summary>
    public static bool Refuses()
    {
        var limit = OpenFiles.Limit();
        if (limit >= OpenFiles.MinFiles)
        {
            return false;
        }

        Tell($"imgapi: {limit} files may be open at a time, and the server needs {OpenFiles.MinFiles}: raise the limit (ulimit -n, or LimitNOFILE of systemd)\n");
        return true;
    }

    private static void Tell(string sentence)
    {
        try
        {
            using var handle = new SafeFileHandle(StandardError, ownsHandle: false);
            using var stream = new FileStream(handle, FileAccess.Write, bufferSize: 0);
            stream.Write(Encoding.UTF8.GetBytes(sentence));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // Standard error is closed: the exit code says it.
        }
    }
}
