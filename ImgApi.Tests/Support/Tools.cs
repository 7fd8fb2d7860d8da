using System.Collections.Concurrent;
using System.Diagnostics;

namespace ImgApi.Tests.Support;

/// <summary>Programs that tests need in addition to .NET.</summary>
internal static class Tools
{
    private static readonly ConcurrentDictionary<string, string> MissingPrograms = new();
    private static readonly ConcurrentDictionary<string, bool> OtherReasons = new();

    /// <summary>The programs that were missing in this run, with one command that installs them, and other reasons for skipped tests. Empty if no test was skipped.</summary>
    public static string Report => string.Join('\n',
    [
        .. MissingPrograms.IsEmpty ? (string[])[] :
        [
            $"Tests were skipped for lack of {string.Join(", ", MissingPrograms.Keys.Order())}. To run them:",
            $"  apt-get install {string.Join(' ', MissingPrograms.Values.SelectMany(packages => packages.Split(' ')).Distinct().Order())}",
        ],
        .. OtherReasons.Keys.Order().Select(reason => $"Tests were skipped: {reason}"),
    ]);

    /// <summary>The path of a program. If it is missing, the test is skipped, or fails in CI.</summary>
    /// <param name="program">The name of the program.</param>
    /// <param name="packages">The Debian packages that contain it, separated by spaces.</param>
    public static string Require(string program, string packages)
    {
        var found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
        if (found is null)
        {
            MissingPrograms[program] = packages;
            Skip($"{program} is not installed: apt-get install {packages}");
        }

        return found!;
    }

    /// <summary>Skips the test, or fails it in CI.</summary>
    public static void Missing(string reason)
    {
        OtherReasons[reason] = true;
        Skip(reason);
    }

    private static void Skip(string reason)
    {
        if (Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail(reason);
        }

        Assert.Ignore(reason);
    }

    /// <summary>Runs a program to its end and returns its exit code and output.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="folder">The working directory; null for the current one.</param>
    /// <param name="input">The standard input; null for none.</param>
    public static async Task<(int Code, string Output, string Error)> RunAsync(
        string program, IEnumerable<string> arguments, string? folder = null, string? input = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = folder ?? Environment.CurrentDirectory,
        };
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }
}
