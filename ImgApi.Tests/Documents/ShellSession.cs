using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ImgApi.Tests.Documents;

/// <summary>A shell that runs one command after the other, as typed by a person. The server that it starts ends with it.</summary>
internal sealed partial class ShellSession : IAsyncDisposable
{
    private const string Done = "@@done ";
    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(8);

    // The input of commands that ask for it. It is written before the command asks, and the terminal echoes it.
    private static readonly Dictionary<string, string> Typed = new()
    {
        ["imgapi hash-password"] = "a long password",
        ["imgapi hash-password --user alice"] = @"a long password\na long password",
        ["imgapi user add joe --role manage -c /etc/imgapi/config.json"] = "a long password",
        ["imgapi user add ann --role manage -c /etc/imgapi/config.json"] = "a long password",
        ["imgapi login http://admin@localhost:8080 --name home"] = "secret",
        ["imgapi delete web"] = "y",
    };

    // Documents show the home folder of this person.
    private const string ShownHome = "/home/alice";

    private readonly Process _shell;
    private readonly string _home;
    private readonly StringBuilder _transcript = new();

    private ShellSession(Process shell, string home)
    {
        _shell = shell;
        _home = home;
    }

    /// <summary>Whether the commands of imgapi are run in a terminal, as a person sees them.</summary>
    public bool HasTerminal { get; init; }

    /// <summary>All commands with their output.</summary>
    public string Transcript => _transcript.ToString();

    /// <summary>Starts the shell.</summary>
    /// <param name="folder">The working directory.</param>
    /// <param name="home">The user's home folder. The NuGet cache stays in the real home folder.</param>
    /// <param name="wrapper">A program that executes the shell, with its arguments.</param>
    public static ShellSession Start(string folder, string home, params string[] wrapper) => new(StartShell(folder, home, wrapper), home);

    /// <summary>Starts a shell that runs <c>imgapi</c> in a terminal.</summary>
    /// <param name="program">The folder with the program.</param>
    public static ShellSession StartInTerminal(string folder, string home, string program) =>
        new(StartShell(folder, home, ["env", $"PATH={program}:{Environment.GetEnvironmentVariable("PATH")}", "TERM=xterm"]), home) { HasTerminal = true };

    private static Process StartShell(string folder, string home, string[] wrapper)
    {
        string[] command = [.. wrapper, "bash", "--noprofile", "--norc"];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = folder,
        };
        start.Environment["NUGET_PACKAGES"] = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        start.Environment["HOME"] = home;
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        // The build of the tests has analyzed the same code.
        start.Environment["RunAnalyzers"] = "false";
        // The test run sets this variable, a login shell does not.
        start.Environment.Remove("MSBuildSDKsPath");
        // Without a terminal, curl would show its progress beside the answer.
        File.WriteAllText(Path.Combine(home, ".curlrc"), "silent\nshow-error\n");
        var shell = Process.Start(start)!;
        shell.StandardInput.WriteLine("exec 2>&1");
        return shell;
    }

    /// <summary>Runs a command to its end, or until the server that it starts serves.</summary>
    /// <returns>The exit code and the output.</returns>
    public async Task<(int Code, string Output)> RunAsync(DocumentStep step)
    {
        await _shell.StandardInput.WriteAsync(step.StartsServer ? Background(step.Command) : Foreground(step.Command));
        await _shell.StandardInput.WriteLineAsync($"code=$?; echo; echo \"{Done}$code\"");
        await _shell.StandardInput.FlushAsync();
        var output = new List<string>();
        while (await _shell.StandardOutput.ReadLineAsync().WaitAsync(Hang) is { } line)
        {
            if (line.StartsWith(Done, StringComparison.Ordinal))
            {
                var text = string.Join('\n', output).TrimEnd('\n');
                _transcript.AppendLine(CultureInfo.InvariantCulture, $"$ {step.Command}").AppendLine(text);
                return (int.Parse(line[Done.Length..], CultureInfo.InvariantCulture), text);
            }

            if (!Typed.ContainsValue(line.TrimEnd('\r')))
            {
                output.Add(TerminalCodes.Replace(line, "").Replace(_home, ShownHome, StringComparison.Ordinal));
            }
        }

        throw new InvalidOperationException($"the shell ended at {step}:\n" + string.Join('\n', output));
    }

    public async ValueTask DisposeAsync()
    {
        await _shell.StandardInput.WriteLineAsync(StopServer + "\nexit");
        await _shell.StandardInput.FlushAsync();
        await _shell.WaitForExitAsync();
        _shell.Dispose();
    }

    [GeneratedRegex(@"\x1b(\[[?\d;]*[A-Za-z]|[=>])")]
    private static partial Regex TerminalCodes { get; }

    private const string StopServer = "if [ -n \"$server\" ]; then kill -TERM -- -$server; wait $server; server=; fi";

    private string Foreground(string command) => HasTerminal && command.StartsWith("imgapi ", StringComparison.Ordinal)
        ? $"printf '{(Typed.TryGetValue(command, out var answer) ? answer + @"\n" : "")}' | script -qec 'stty cols 120; '{Quoted(command)} /dev/null\n"
        : Typed.TryGetValue(command, out var answers)
        ? $"printf '%s\\n' '{answers}' '{answers}' | script -qec '{command}' /dev/null\n"
        : $"{{\n{command}\n}} </dev/null\n";

    private static string Quoted(string command) => $"'{command.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    /// <summary>
    /// The server has its own process group, which is ended when the next server starts. The log is emptied before the start: otherwise
    /// the wait could read the line of the previous server.
    /// </summary>
    private static string Background(string command) => $$"""
        {{StopServer}}
        : > ~/server.log
        setsid {{command}} >> ~/server.log 2>&1 < /dev/null & server=$!
        until grep -q ^Serving ~/server.log || ! kill -0 $server 2> /dev/null; do sleep 0.1; done
        cat ~/server.log; kill -0 $server

        """;
}
