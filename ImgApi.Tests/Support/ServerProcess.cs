using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace ImgApi.Tests.Support;

/// <summary>The server as an operator runs it: a process of its own, started with <c>-s -c FILE</c>.</summary>
internal sealed partial class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, Uri address)
    {
        _process = process;
        Address = address;
    }

    /// <summary>The program, beside the tests.</summary>
    public static string Program => Path.Combine(AppContext.BaseDirectory, "imgapi.dll");

    public Uri Address { get; }

    public int Id => _process.Id;

    /// <summary>The most memory that the process ever had, as the kernel counts it.</summary>
    public long PeakMemoryKiB => long.Parse(
        PeakLine.Match(File.ReadAllText($"/proc/{_process.Id}/status")).Groups[1].Value, CultureInfo.InvariantCulture);

    /// <summary>Starts the server; a port of 0 in the configuration is replaced by the one that it took.</summary>
    /// <param name="configurationFile">The configuration.</param>
    /// <param name="environment">Variables that it gets beside those of the tests.</param>
    public static async Task<ServerProcess> StartAsync(string configurationFile, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", [Program, "-s", "-c", configurationFile]) { RedirectStandardOutput = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (ListeningLine.Match(line) is { Success: true } match)
            {
                _ = process.StandardOutput.ReadToEndAsync();
                return new ServerProcess(process, new UriBuilder("http", "127.0.0.1", int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).Uri);
            }
        }

        throw new InvalidOperationException("the server ended before it listened");
    }

    /// <summary>Ends the process as a power cut does.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    [GeneratedRegex(@"Now listening on: http://[^:]+:(\d+)")]
    private static partial Regex ListeningLine { get; }

    [GeneratedRegex(@"VmHWM:\s+(\d+) kB")]
    private static partial Regex PeakLine { get; }
}
