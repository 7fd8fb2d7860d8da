using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace ImgApi.Tests.Support;

/// <summary>The server as an operator runs it: a process of its own, started with <c>-s -c FILE</c>.</summary>
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

    /// <summary>The program, beside the tests.</summary>
    public static string Program => Path.Combine(AppContext.BaseDirectory, "imgapi.dll");

    public Uri Address { get; }

    public int Id => _process.Id;

    /// <summary>Sends the credentials of the user of <see cref="StartOnAsync"/>.</summary>
    public HttpClient Admin => _admin.Value;

    /// <summary>What it has printed so far; when the instance is had, that of the start is complete.</summary>
    public IReadOnlyCollection<string> Log => _log;

    public bool HasExited => _process.HasExited;

    /// <summary>The most memory that the process ever had, as the kernel counts it.</summary>
    public long PeakMemoryKiB => long.Parse(
        PeakLine.Match(File.ReadAllText($"/proc/{_process.Id}/status")).Groups[1].Value, CultureInfo.InvariantCulture);

    /// <summary>Starts the server; a port of 0 in the configuration is replaced by the one that it took.</summary>
    /// <param name="configurationFile">Its configuration.</param>
    /// <param name="wrapper">A program that becomes the server after it has changed something of the process, with its arguments.</param>
    public static Task<ServerProcess> StartAsync(string configurationFile, params string[] wrapper) =>
        RunAsync([.. wrapper, "dotnet", Program, "-s", "-c", configurationFile]);

    /// <summary>Starts the server without a configuration, as a new user does. It listens on its default port, which the test has taken.</summary>
    /// <param name="home">The user's home folder.</param>
    public static Task<ServerProcess> StartWithoutConfigurationAsync(string home) => RunAsync(["env", $"HOME={home}", "dotnet", Program, "-s"]);

    private static async Task<ServerProcess> RunAsync(string[] command)
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

        throw new InvalidOperationException("the server ended before it listened: " + string.Join(Environment.NewLine, log));
    }

    /// <summary>Starts the server over a data folder, with the one user of <see cref="TestServer"/>; the configuration is beside the folder.</summary>
    public static async Task<ServerProcess> StartOnAsync(string dataFolder, params string[] wrapper)
    {
        var configuration = dataFolder + ".config.json";
        await File.WriteAllTextAsync(configuration, $$"""
            {"datadir":"{{dataFolder}}","port":0,"address":"127.0.0.1","userdb":[{"name":"{{TestServer.User}}","password":"{{TestServer.Password}}"}]}
            """);
        return await StartAsync(configuration, wrapper);
    }

    /// <summary>Ends the process as a power cut does.</summary>
    public async Task KillAsync()
    {
        Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks the process to end, as service managers do.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> TerminateAsync()
    {
        await Tools.RunAsync("kill", ["-TERM", $"{_process.Id}"]);
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    /// <summary>Asks the process to read its configuration again, and waits until it has said what came of it.</summary>
    public async Task<string> ReloadAsync()
    {
        var before = _log.Count;
        await Tools.RunAsync("kill", ["-HUP", $"{_process.Id}"]);
        string? outcome = null;
        await Eventually.TrueAsync(() => (outcome = _log.Skip(before).FirstOrDefault(line => line.Contains("reloaded", StringComparison.Ordinal))) is not null);
        return outcome!;
    }

    /// <summary>Tells the kernel to end the process, and does not wait for it.</summary>
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

    [GeneratedRegex(@"^Serving \d+ images? at https?://[^/]+:(\d+)")]
    private static partial Regex ListeningLine { get; }

    [GeneratedRegex(@"VmHWM:\s+(\d+) kB")]
    private static partial Regex PeakLine { get; }
}
