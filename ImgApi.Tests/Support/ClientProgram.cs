using System.Diagnostics;
using System.Globalization;

namespace ImgApi.Tests.Support;

/// <summary>The program as a user runs it, with a home folder of its own and no server but that of the tests.</summary>
internal sealed class ClientProgram : IDisposable
{
    private readonly TemporaryFolder _home = new();

    public string Home => _home.Path;

    /// <summary>The file with the logins.</summary>
    public string Logins => _home.Combine(".config", "imgapi", "hosts.json");

    /// <summary>More environment variables.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>A client of a server, with the credentials of its user.</summary>
    public static ClientProgram Of(Uri server) => new()
    {
        Environment = { ["IMGAPI_URL"] = $"http://{TestServer.User}@{server.Authority}", ["IMGAPI_PASSWORD"] = TestServer.Password },
    };

    /// <summary>Runs a command whose input and output are pipes.</summary>
    public Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments) => RunWithInputAsync(null, arguments);

    /// <inheritdoc cref="RunAsync"/>
    public Task<(int Code, string Output, string Error)> RunWithInputAsync(string? input, params string[] arguments) =>
        Tools.RunAsync("env", [.. Variables, "dotnet", ServerProcess.Program, .. arguments], Home, input);

    /// <summary>Runs a command in a terminal of the system, 140 characters wide.</summary>
    /// <param name="typed">What the person types, ahead of the questions.</param>
    /// <returns>The exit code, and what the person sees, without colours and movements of the cursor.</returns>
    public Task<(int Code, string Screen)> InTerminalAsync(string typed, params string[] arguments) => Terminal.RunAsync(Command(arguments), typed, Home);

    /// <summary>Runs a command in a terminal until its screen shows a text, then does something, and waits for the end.</summary>
    /// <param name="then">Gets the process.</param>
    public async Task<(int Code, string Screen)> InTerminalUntilAsync(string text, Func<Process, Task> then, params string[] arguments)
    {
        var (log, pid) = (Combine("screen"), Combine("pid"));
        var running = Terminal.RunAsync($"echo $$ > {pid}; exec {Command(arguments)}", folder: Home, log: log);
        await Eventually.TrueAsync(() => running.IsCompleted || (File.Exists(log) && File.ReadAllText(log).Contains(text, StringComparison.Ordinal)));
        using var process = Process.GetProcessById(int.Parse(await File.ReadAllTextAsync(pid), CultureInfo.InvariantCulture));
        await then(process);
        return await running;
    }

    /// <summary>Runs a shell command in which <c>$imgapi</c> is the program.</summary>
    public Task<(int Code, string Output, string Error)> ShellAsync(string command) =>
        Tools.RunAsync("env", [.. Variables, $"imgapi={Terminal.ImgApi}", "bash", "-c", command], Home);

    /// <summary>
    /// Starts a command without waiting for its end. The caller disposes the process. It can be interrupted even if the tests run in the
    /// background of a shell, which ignores SIGINT.
    /// </summary>
    public Process Start(params string[] arguments) => Process.Start(
        new ProcessStartInfo("env", ["--default-signal=INT", .. Variables, "dotnet", ServerProcess.Program, .. arguments])
        {
            WorkingDirectory = Home,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;

    /// <summary>Presses Ctrl-C.</summary>
    public static Task InterruptAsync(Process process) => Tools.RunAsync("kill", ["-INT", $"{process.Id}"]);

    public string Combine(string name) => _home.Combine(name);

    /// <summary>Writes a file into the home folder, where commands run, and returns its name.</summary>
    public string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(_home.Combine(name), bytes);
        return name;
    }

    public void Dispose() => _home.Dispose();

    /// <summary>A shell command.</summary>
    private string Command(string[] arguments) => string.Join(
        ' ', ((string[])["env", "--default-signal=INT", .. Variables, "dotnet", ServerProcess.Program, .. arguments]).Select(word => $"'{word}'"));

    private IEnumerable<string> Variables =>
        ((string[])["HOME=" + Home, "XDG_CONFIG_HOME=", "XDG_STATE_HOME=", "SSH_AUTH_SOCK=", "TERM=xterm"]).Concat(Environment.Select(variable => $"{variable.Key}={variable.Value}"));
}
