using System.Text.RegularExpressions;

namespace ImgApi.Tests.Support;

/// <summary>Runs programs in a terminal, a pty of script(1), as a person does.</summary>
internal static partial class Terminal
{
    /// <summary>The program <c>imgapi</c> as part of a shell command.</summary>
    public static string ImgApi => $"dotnet {ServerProcess.Program}";

    /// <summary>Runs a shell command in a terminal of 140 columns.</summary>
    /// <param name="command">The command.</param>
    /// <param name="keys">What the person types. It is typed ahead, and echoed as terminals do.</param>
    /// <param name="log">Path of a file that shows during the run what appears on the terminal.</param>
    /// <returns>The exit code, and everything that appears on the terminal, without its control sequences and with line feeds as ends of lines.</returns>
    public static async Task<(int Code, string Screen)> RunAsync(string command, string keys = "", string? folder = null, string log = "/dev/null")
    {
        Tools.Require("script", "bsdutils");
        var (code, output, _) = await Tools.RunAsync("script", ["-qefc", $"stty cols 140 rows 40; {command}", log], folder, keys);
        return (code, ControlSequence.Replace(output, "").ReplaceLineEndings("\n"));
    }

    [GeneratedRegex(@"\x1b(\[[?\d;]*[A-Za-z]|[=>])|\a")]
    private static partial Regex ControlSequence { get; }
}
