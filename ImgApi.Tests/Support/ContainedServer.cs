using System.Globalization;

namespace ImgApi.Tests.Support;

/// <summary>
/// The server as a container runs it: the first process, not root, without a home folder or a configuration file, and with nothing to write to but
/// <c>/data</c>.
/// </summary>
internal sealed class ContainedServer : IAsyncDisposable
{
    private readonly TemporaryFolder _data = new();
    private readonly Dictionary<string, string> _variables = new()
    {
        ["IMGAPI_DATADIR"] = "/data",
        ["IMGAPI_ADDRESS"] = "127.0.0.1",
        ["IMGAPI_PORT"] = Ports.Free().ToString(CultureInfo.InvariantCulture),
        ["IMGAPI_USERS_FILE"] = "/data/users.json",
        ["IMGAPI_LOG_FORMAT"] = "json",
    };

    private ContainedServer()
    {
    }

    public ServerProcess Process { get; private set; } = null!;

    /// <summary>Starts the server.</summary>
    public static async Task<ContainedServer> StartAsync()
    {
        var server = new ContainedServer();
        server.Process = await ServerProcess.StartCommandAsync([Tools.Require("bwrap", "bubblewrap"), .. server.Arguments("-s")]);
        return server;
    }

    /// <summary>Runs a command of the program in the container.</summary>
    public Task<(int Code, string Output, string Error)> RunAsync(string? input, params string[] arguments) =>
        Tools.RunAsync("bwrap", Arguments(arguments), input: input);

    /// <summary>Sends SIGTERM to the first process of the container, and returns the exit code.</summary>
    public async Task<int> TerminateAsync()
    {
        var children = await File.ReadAllTextAsync($"/proc/{Process.Id}/task/{Process.Id}/children");
        await Tools.RunAsync("kill", ["-TERM", children.Trim()]);
        return await Process.ExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        _data.Dispose();
    }

    private string[] Arguments(params string[] command)
    {
        var runtime = Path.GetDirectoryName(Environment.ProcessPath)!;
        return
        [
            "--unshare-all", "--share-net", "--as-pid-1", "--die-with-parent", "--clearenv", "--uid", "65532", "--gid", "65532",
            .. ((string[])["/usr", "/lib", "/lib64"]).SelectMany(folder => (string[])["--ro-bind-try", folder, folder]),
            "--ro-bind", runtime, "/dotnet", "--ro-bind", AppContext.BaseDirectory, "/app", "--proc", "/proc", "--dev", "/dev",
            "--bind", _data.Path, "/data", "--remount-ro", "/",
            .. _variables.SelectMany(variable => (string[])["--setenv", variable.Key, variable.Value]),
            "/dotnet/dotnet", "/app/imgapi.dll", .. command,
        ];
    }
}
