using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace ImgApi.Tests.Support;

/// <summary>The server as an operator runs it: a separate process, started with <c>-s -c FILE</c>.</summary>
internal sealed partial class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _log;
    private readonly Lazy<HttpClient> _admin;

    private ServerProcess(Process process, Uri address, ConcurrentQueue<string> log)
    {
        _process = process;
        _log = log;
        Address = address;
        _admin = new(() => new HttpClient
        {
            BaseAddress = address,
            DefaultRequestHeaders = { Authorization = TestServer.Basic(TestServer.User, TestServer.Password) },
        });
    }

    /// <summary>The path of the program, in the folder of the tests.</summary>
    public static string Program => Path.Combine(AppContext.BaseDirectory, "imgapi.dll");

    public Uri Address { get; }

    public int Id => _process.Id;

    /// <summary>A client with the credentials of the user of <see cref="StartOnAsync"/>.</summary>
    public HttpClient Admin => _admin.Value;

    /// <summary>The lines printed so far, at least all those of the start.</summary>
    public IReadOnlyCollection<string> Log => _log;

    public bool HasExited => _process.HasExited;

    /// <summary>The peak resident memory of the process in KiB.</summary>
    public long PeakMemoryKiB => long.Parse(
        PeakLine.Match(File.ReadAllText($"/proc/{_process.Id}/status")).Groups[1].Value, CultureInfo.InvariantCulture);

    /// <summary>Starts the server. With port 0 in the configuration, <see cref="Address"/> has the port that the server got.</summary>
    /// <param name="configurationFile">The path of the configuration.</param>
    /// <param name="wrapper">A program with arguments that changes the process and then becomes the server.</param>
    public static Task<ServerProcess> StartAsync(string configurationFile, params string[] wrapper) =>
        StartCommandAsync([.. wrapper, "dotnet", Program, "-s", "-c", configurationFile]);

    /// <summary>Starts the server without a configuration, as a new user does. It listens on its default port, which the test must reserve.</summary>
    /// <param name="home">The user's home folder.</param>
    public static Task<ServerProcess> StartWithoutConfigurationAsync(string home) => StartCommandAsync("env", $"HOME={home}", "dotnet", Program, "-s");

    /// <summary>Starts the server by a command whose process becomes the server, or starts it.</summary>
    public static async Task<ServerProcess> StartCommandAsync(params string[] command)
    {
        var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true })!;
        var log = new ConcurrentQueue<string>();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            log.Enqueue(line);
            if (ListeningLine.Match(line) is { Success: true } match)
            {
                _ = KeepAsync(process.StandardOutput, log);
                var port = int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
                return new ServerProcess(process, new UriBuilder("http", "127.0.0.1", port).Uri, log);
            }
        }

        throw new InvalidOperationException("the server exited before it listened: " + string.Join(Environment.NewLine, log));
    }

    /// <summary>Starts the server on a data folder with the user of <see cref="TestServer"/>. Writes the configuration beside the folder.</summary>
    public static async Task<ServerProcess> StartOnAsync(string dataFolder, params string[] wrapper)
    {
        var configuration = dataFolder + ".config.json";
        await File.WriteAllTextAsync(configuration, $$"""
            {"datadir":"{{dataFolder}}","port":0,"address":"127.0.0.1","userdb":[{"name":"{{TestServer.User}}","password":"{{TestServer.Password}}"}]}
            """);
        return await StartAsync(configuration, wrapper);
    }

    /// <summary>Kills the process (SIGKILL) and waits for its end.</summary>
    public async Task KillAsync()
    {
        Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Sends SIGTERM, as service managers do, and waits for the end of the process.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> TerminateAsync()
    {
        await Tools.RunAsync("kill", ["-TERM", $"{_process.Id}"]);
        return await ExitAsync();
    }

    /// <summary>Waits for the end of the process, and returns its exit code.</summary>
    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    /// <summary>Sends SIGHUP, so that the process reloads its configuration, and waits for the log line with the outcome.</summary>
    public async Task<string> ReloadAsync()
    {
        var before = _log.Count;
        await Tools.RunAsync("kill", ["-HUP", $"{_process.Id}"]);
        string? outcome = null;
        await Eventually.TrueAsync(() => (outcome = _log.Skip(before).FirstOrDefault(line => line.Contains("reloaded", StringComparison.Ordinal))) is not null);
        return outcome!;
    }

    /// <summary>Sends SIGKILL without waiting for the end of the process.</summary>
    public void Kill() => _process.Kill();

    public async ValueTask DisposeAsync()
    {
        if (_admin.IsValueCreated)
        {
            _admin.Value.Dispose();
        }

        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private static async Task KeepAsync(StreamReader output, ConcurrentQueue<string> log)
    {
        while (await output.ReadLineAsync() is { } line)
        {
            log.Enqueue(line);
        }
    }

    [GeneratedRegex(@"Serving \d+ images? at https?://[^/]+:(\d+)")]
    private static partial Regex ListeningLine { get; }

    [GeneratedRegex(@"VmHWM:\s+(\d+) kB")]
    private static partial Regex PeakLine { get; }
}
