using System.Diagnostics;
using System.Globalization;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Resilience.Faults;

/// <summary>strace(1) attached to a running server: it records system calls and can make them fail. Disposing it detaches it.</summary>
internal sealed class Strace : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task<string> _rest;
    private readonly TemporaryFolder _folder;

    private Strace(Process process, TemporaryFolder folder)
    {
        _process = process;
        _folder = folder;
        _rest = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Makes calls of that name fail until strace is disposed: for all files, or for one path.</summary>
    public static Task<Strace> FailAsync(ServerProcess server, string call, string error, string? path = null) =>
        AttachAsync(server, [.. path is null ? (string[])[] : ["-P", path], "-e", $"trace={call}", "-e", $"inject={call}:error={error}"]);

    /// <summary>Makes calls fail as <c>-e inject=</c> describes. strace counts <c>when=</c> per thread; one thread writes a change.</summary>
    public static Task<Strace> InjectAsync(ServerProcess server, params string[] faults) =>
        AttachAsync(server, [.. faults.SelectMany(fault => new[] { "-e", $"inject={fault}" }), "-e", $"trace={string.Join(',', faults.Select(fault => fault.Split(':')[0]))}"]);

    /// <summary>The beginning of a command line that starts a server under strace. The started process becomes the server.</summary>
    public static string[] Wrapper(params string[] arguments) => [Tools.Require("strace", "strace"), "-f", "-D", .. arguments];

    /// <summary>Attaches to all present and future threads of the server. If that is impossible, the test is skipped, or fails in CI.</summary>
    public static async Task<Strace> AttachAsync(ServerProcess server, params string[] arguments)
    {
        var program = Tools.Require("strace", "strace");
        var folder = new TemporaryFolder();
        var id = server.Id.ToString(CultureInfo.InvariantCulture);
        string[] command = ["-f", "-y", "-s", "16", "-o", folder.Combine("trace"), "-p", id, .. arguments];
        var process = Process.Start(new ProcessStartInfo(program, command) { RedirectStandardError = true })!;
        if (await process.StandardError.ReadLineAsync() is not { } line || !line.Contains("attached", StringComparison.Ordinal))
        {
            Tools.Missing("strace cannot attach to a process here: it needs to be root, or the capability SYS_PTRACE");
        }

        return new Strace(process, folder);
    }

    /// <summary>Detaches from the server and returns the trace.</summary>
    public async Task<string[]> DetachAsync()
    {
        await StopAsync();
        return await File.ReadAllLinesAsync(_folder.Combine("trace"));
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _process.Dispose();
        _folder.Dispose();
    }

    private async Task StopAsync()
    {
        if (!_process.HasExited)
        {
            await Tools.RunAsync("kill", ["-INT", _process.Id.ToString(CultureInfo.InvariantCulture)]);
            await _process.WaitForExitAsync();
        }

        await _rest;
    }
}
