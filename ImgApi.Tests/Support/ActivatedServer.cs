using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace ImgApi.Tests.Support;

/// <summary>
/// A port that systemd-socket-activate opens, and the server that it starts at the first connection. A shell stands for systemd afterwards: it
/// keeps the port open, and starts the server again when the test says so.
/// </summary>
internal sealed class ActivatedServer : IDisposable
{
    private const string StartAgainAndAgain = """
        while sh -c 'LISTEN_PID=$$ exec "$@"' sh "$@"; do read -r line < "$GATE" || exit; done
        """;

    private readonly Process _systemd;
    private readonly int _port;
    private readonly string _gate;
    private readonly Task<string> _log;

    private ActivatedServer(Process systemd, int port, string gate)
    {
        (_systemd, _port, _gate) = (systemd, port, gate);
        _log = systemd.StandardOutput.ReadToEndAsync();
    }

    /// <param name="address">The address of the socket, which need not be that of the configuration.</param>
    public static async Task<ActivatedServer> OpenAsync(string configurationFile, TemporaryFolder folder, string address = "127.0.0.1")
    {
        var program = Tools.Require("systemd-socket-activate", "systemd");
        var (port, gate) = (Ports.Free(), folder.Combine("gate"));
        await Tools.RunAsync("mkfifo", [gate]);
        string[] server = ["dotnet", ServerProcess.Program, "-s", "-c", configurationFile];
        var process = Process.Start(new ProcessStartInfo(
            program, ["-l", $"{address}:{port}", "-E", $"GATE={gate}", "sh", "-c", StartAgainAndAgain, "sh", .. server])
        {
            RedirectStandardOutput = true,
        })!;
        var activated = new ActivatedServer(process, port, gate);
        await Eventually.TrueAsync(() => IsListening(port));
        return activated;
    }

    /// <summary>Opens a connection and sends a request for <c>/ping</c>.</summary>
    public TcpClient SendPing()
    {
        var client = new TcpClient("127.0.0.1", _port);
        client.GetStream().Write("GET /ping HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"u8);
        return client;
    }

    /// <summary>Waits for the answer, and returns the id of the process that gave it.</summary>
    public static async Task<int> AnsweringProcessAsync(TcpClient client)
    {
        using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
        var answer = await reader.ReadToEndAsync();
        return JsonDocument.Parse(answer[answer.IndexOf('{', StringComparison.Ordinal)..]).RootElement.GetProperty("pid").GetInt32();
    }

    /// <summary>Stops the server, as a restart does, and waits for its end.</summary>
    public static async Task TerminateAsync(int process)
    {
        await Tools.RunAsync("kill", ["-TERM", $"{process}"]);
        await Eventually.TrueAsync(() => !Directory.Exists($"/proc/{process}"));
    }

    /// <summary>Starts the server again, after its end.</summary>
    public Task StartAgainAsync() => File.WriteAllTextAsync(_gate, "\n");

    /// <summary>Ends everything, and returns the whole log.</summary>
    public Task<string> EndAsync()
    {
        Kill();
        return _log;
    }

    public void Dispose()
    {
        Kill();
        _systemd.Dispose();
    }

    private void Kill()
    {
        _systemd.Kill(entireProcessTree: true);
        _systemd.WaitForExit();
    }

    /// <summary>Whether a socket listens, without a connection, which would start the server.</summary>
    private static bool IsListening(int port) =>
        File.ReadLines("/proc/net/tcp").Any(line => line.Contains($":{port:X4} 00000000:0000 0A", StringComparison.Ordinal));
}
