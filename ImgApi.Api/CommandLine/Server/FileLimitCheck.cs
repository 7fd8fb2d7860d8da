using System.Text;
using ImgApi.Api.Hosting;
using Microsoft.Win32.SafeHandles;

namespace ImgApi.Api.CommandLine.Server;

/// <summary>
/// Refuses to run if the limit of open files is too low. A .NET process keeps its assemblies open, and fails unpredictably when it cannot
/// open the next one. This class therefore uses only the core library; even the console is another assembly.
/// </summary>
internal static class FileLimitCheck
{
    private const int StandardError = 2;

    /// <summary>Whether the limit is too low; prints a message in this case.</summary>
    public static bool Refuses()
    {
        var limit = ConnectionLimit.FileLimit();
        if (limit >= ConnectionLimit.MinFiles)
        {
            return false;
        }

        Print($"imgapi: {limit} files may be open, but the server needs {ConnectionLimit.MinFiles}: raise the limit (ulimit -n, or LimitNOFILE of systemd)\n");
        return true;
    }

    private static void Print(string message)
    {
        try
        {
            using var handle = new SafeFileHandle(StandardError, ownsHandle: false);
            using var stream = new FileStream(handle, FileAccess.Write, bufferSize: 0);
            stream.Write(Encoding.UTF8.GetBytes(message));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // Standard error is closed; the exit code has to suffice.
        }
    }
}
